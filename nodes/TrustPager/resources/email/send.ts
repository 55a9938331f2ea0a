import type { INodeProperties } from 'n8n-workflow';

import { bodyFormat, mode, senderUserId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { locator } from '../../parameters/locator';
import { readOwnKey } from '../../operations/atMostOnce/ownKey';
import { optionalAddresses } from '../../parameters/people';
import { sendMail } from '../../operations/atMostOnce/sendMail';
import {
	attachmentFields,
	cc,
	fromEmail,
	idempotencyKeyField,
	readMailOptions,
	resendOnce,
	toName,
} from './mailOptions';
import {
	htmlBody,
	linkOptions,
	readLinks,
	readNewMail,
	subject,
	toEmail,
	traitsOf,
} from './newMail';

const bcc: INodeProperties = {
	displayName: 'BCC',
	name: 'bcc',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description:
		'Comma-separated email addresses that receive a copy which the others do not see. A TrustPager server that does not take BCC refuses the email; it is never sent without it.',
};

export const emailConfigId: INodeProperties = locator({
	displayName: 'Configuration',
	name: 'emailConfigId',
	description: "The email configuration to send with, instead of the workspace's default",
	noun: 'a configuration',
	search: 'searchConfigs',
	example: '9c8b7a6f-5e4d-4c3b-a291-807f6e5d4c3b',
});

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		attachmentFields,
		bcc,
		cc,
		emailConfigId,
		...linkOptions,
		fromEmail,
		idempotencyKeyField,
		resendOnce,
		toName,
	],
};

/** API: POST /email/send. The server refuses a link to a missing record before it sends anything. */
export const send: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send email',
	description: 'Send a new email, optionally linked to a contact, customer or deal. Costs credits.',
	builderHint: {
		propertyHint:
			'Starts a new conversation with one person. To answer mail, use reply instead. One address; further people go into options.cc, or get an item each.',
	},
	fields: [toEmail, subject, bodyFormat, htmlBody, mode, senderUserId, options],
	prepare: (item, run) => {
		const chosen = item.collection(options);
		const personal = item.choice(mode) === 'personal';
		const { body: more, ...mail } = readMailOptions(item, chosen, personal);
		const hidden = optionalAddresses(chosen.value('bcc'));
		const links = readLinks(chosen);
		const written = readNewMail(item, personal);
		const body = {
			...written,
			...more,
			...(hidden.length > 0 && { bcc: hidden }),
			...links,
			...chosen.toApi('emailConfigId'),
		};
		return sendMail({
			...mail,
			path: '/email/send',
			keyField: idempotencyKeyField,
			ownKey: readOwnKey(item, run, chosen, idempotencyKeyField, body),
			body,
			traits: traitsOf(written, links),
		});
	},
};
