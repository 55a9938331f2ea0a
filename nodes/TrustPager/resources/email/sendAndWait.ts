import type { INodeProperties } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { formFields } from '../../operations/askPerson/formFields';
import { linkTo } from '../../operations/askPerson/link';
import { mailHtml } from '../../operations/askPerson/mail';
import {
	approvalOptions,
	fingerprintOf,
	message,
	pageOptions,
	readQuestion,
	responseType,
} from '../../operations/askPerson/question';
import { limitWaitTime, readTimeLimit, waitTillOf } from '../../operations/askPerson/timeLimit';
import { answerWebhook } from '../../operations/askPerson/webhook';
import { fingerprint } from '../../operations/atMostOnce/fingerprint';
import { sendMail } from '../../operations/atMostOnce/sendMail';
import { mode, senderUserId } from '../../parameters/fields';
import { textOf } from '../../values';
import {
	attachmentFields,
	cc,
	fromEmail,
	idempotencyKeyField,
	readMailOptions,
	toName,
} from './mailOptions';
import { linkOptions, readAddressedMail, readLinks, subject, toEmail, traitsOf } from './newMail';
import { emailConfigId } from './send';

/** A user's own key never starts with a blank. */
const ONCE = ' sendAndWait';
const QUEUED =
	'The person is asked once the email is approved. The workflow waits for 7 days at most.';

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		attachmentFields,
		{ ...cc, description: `${cc.description}, with the same link: the first answer counts` },
		emailConfigId,
		...linkOptions,
		fromEmail,
		limitWaitTime,
		...pageOptions,
		toName,
	],
};

/** Answers the requests of the people who are asked. */
export const webhook = answerWebhook({ subject, options });

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
};

/** API: POST /email/send. One email per run of the node, as with n8n's own nodes: n8n waits for a run, not for an item. */
export const sendAndWait: Operation = {
	name: 'Send and Wait for Response',
	value: SEND_AND_WAIT_OPERATION,
	action: 'Send email and wait for response',
	description:
		'Ask a person by email, and wait for the answer, which the person gives on a web page of n8n. Costs credits.',
	fields: [
		toEmail,
		subject,
		message,
		responseType,
		approvalOptions,
		formFields,
		mode,
		senderUserId,
		options,
	],
	prepare: (item, run) => {
		if (!run.canWait) {
			throw item.refuse(
				operation,
				'cannot be Send and Wait for Response here',
				"As a tool, the node cannot wait: connect it as human review between the AI agent and its tools instead. In a workflow, choose 'Operation' from its list, not by an expression.",
			);
		}
		const chosen = item.collection(options);
		const personal = item.choice(mode) === 'personal';
		const { body: more, ...mail } = readMailOptions(item, chosen, personal);
		const links = readLinks(chosen);
		const addressed = readAddressedMail(item, personal);
		const question = readQuestion(item, { subject, options });
		const zone = item.context.getTimezone();
		const until = readTimeLimit(chosen, zone);
		const written = {
			...addressed,
			...more,
			...links,
			...chosen.toApi('emailConfigId'),
		};
		const all = fingerprint(written, question, chosen.value('limitWaitTime').given());
		if (!item.isReread && !run.claimKey(ONCE, all)) {
			throw item.refuse(
				message,
				'or another parameter gives another email than for the first item',
				'The node asks once per run. Put it into a loop (Loop Over Items, with a batch size of 1), or ask about all items in one message.',
			);
		}
		const html = mailHtml({
			text: item.required(message),
			link: linkTo(item.context, fingerprintOf(question), until),
			label: chosen.text('messageButtonLabel') || 'Respond',
			workflow: item.context.getWorkflow().name ?? '',
			until,
			zone,
		});
		const send = sendMail({
			...mail,
			path: '/email/send',
			keyField: idempotencyKeyField,
			ownKey: '',
			body: { ...written, html_body: html },
			traits: traitsOf(addressed, links),
		});
		return async (session) => {
			if (item.index > 0) return [];
			const [row] = await send(session);
			if (row.outcome === 'suppressed') {
				throw item.refuse(
					toEmail,
					'was not asked: TrustPager suppresses email to this address',
					`${textOf(row.reason) ?? 'It gives no reason'}. Nothing was sent, and the workflow does not wait.`,
				);
			}
			const isQueued = row.outcome === 'queuedForApproval';
			if (isQueued) item.note(QUEUED);
			session.run.waitTill = waitTillOf(until, isQueued);
			return [row];
		};
	},
};
