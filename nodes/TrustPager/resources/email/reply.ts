import type { INodeProperties } from 'n8n-workflow';

import { bodyFormat, mode, senderUserId, threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { readOwnKey } from '../../operations/atMostOnce/ownKey';
import { requireAllowedRecipients } from '../../operations/recipients/sendOnlyTo';
import { personOf } from '../../parameters/people';
import { sendMail } from '../../operations/atMostOnce/sendMail';
import { htmlOf } from '../../operations/mailBody/mailBody';
import {
	attachmentFields,
	cc,
	fromEmail,
	idempotencyKeyField,
	readMailOptions,
	readSender,
	resendOnce,
	toName,
} from './mailOptions';
import { replyAll, replyAllCopies } from './replyAll';
import { readMessages, replyRecipient } from './replyRecipient';

const replyHtml: INodeProperties = {
	displayName: 'Body',
	name: 'replyHtml',
	type: 'string',
	typeOptions: { rows: 5 },
	required: true,
	default: '',
	placeholder: 'e.g. Thank you, Nathan, …',
	description:
		"Content of the reply, in HTML or plain text as 'Body Format' says. TrustPager sets the subject.",
};

const toEmail: INodeProperties = {
	displayName: 'To Email',
	name: 'toEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: 'Email address of the recipient',
	hint: "Leave empty to reply to the thread's latest inbound message; delivery failures and your own addresses are passed over",
};

const inReplyTo: INodeProperties = {
	displayName: 'In Reply To',
	name: 'inReplyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7d6c5b4a-3f2e-4d1c-8b0a-9f8e7d6c5b4a',
	description: 'ID of the message to reply to. Usually the thread alone is enough.',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		attachmentFields,
		cc,
		fromEmail,
		idempotencyKeyField,
		inReplyTo,
		replyAll,
		resendOnce,
		toName,
	],
};

/** API: POST /email/reply. The server derives the subject, but never the recipients. */
export const reply: Operation = {
	name: 'Reply',
	value: 'reply',
	action: 'Reply to email thread',
	description:
		"Reply in an email thread, to the sender of its latest inbound message unless 'To Email' is set. Costs credits.",
	builderHint: {
		propertyHint:
			"threadId is the thread_id of the message that starts the workflow. Leave toEmail empty: the reply goes to the sender of the thread's latest inbound message.",
	},
	fields: [threadId, bodyFormat, replyHtml, toEmail, mode, senderUserId, options],
	prepare: (item, run) => {
		const chosen = item.collection(options);
		const personal = item.choice(mode) === 'personal';
		const { body: more, cc: named, ...mail } = readMailOptions(item, chosen, personal);
		const thread = item.id(threadId);
		const given = personOf(item.value(toEmail));
		const body = {
			thread_id: thread,
			reply_html: htmlOf(item.value(replyHtml), item.choice(bodyFormat)),
			...readSender(item, personal),
			...(given?.name && { to_name: given.name }),
			...more,
			...chosen.toApi('inReplyTo'),
		};
		const toAll = chosen.flag('replyAll');
		const ownKey = readOwnKey(item, run, chosen, idempotencyKeyField, {
			...body,
			to_email: given?.email,
			...(toAll && { reply_all: true }),
		});
		return async (session) => {
			requireAllowedRecipients(session, { ...body, to_email: given?.email });
			const messages = given && !toAll ? [] : await readMessages(session, thread);
			const recipient = given?.email ?? (await replyRecipient(session, messages, toEmail));
			const cc = toAll
				? await replyAllCopies(session, { threadId: thread, messages, recipient, cc: named ?? [] })
				: named;
			const copies = cc?.length ? cc : undefined;
			const send = sendMail({
				...mail,
				path: '/email/reply',
				keyField: idempotencyKeyField,
				ownKey,
				body: { ...body, to_email: recipient, cc: copies?.join(', ') },
				cc: copies,
				traits: { recipient, threadId: thread },
			});
			return await send(session);
		};
	},
};
