import type { INodeProperties } from 'n8n-workflow';

import { bodyFormat, mode, senderUserId } from '../../parameters/fields';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';
import { textOf } from '../../values';
import type { Operation } from '../../execution/operation';
import { locator } from '../../parameters/locator';
import { readOwnKey } from '../../operations/atMostOnce/ownKey';
import { optionalAddresses, requiredPerson } from '../../parameters/people';
import { sendMail } from '../../operations/atMostOnce/sendMail';
import { htmlOf } from '../../operations/mailBody/mailBody';
import {
	attachmentFields,
	cc,
	fromEmail,
	idempotencyKeyField,
	readMailOptions,
	resendOnce,
	toName,
} from './mailOptions';

export const toEmail: INodeProperties = {
	displayName: 'To Email',
	name: 'toEmail',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: 'Email address of the recipient',
};

export const subject: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Your quote is ready',
	description: 'Subject line of the email',
};

export const htmlBody: INodeProperties = {
	displayName: 'HTML Body',
	name: 'htmlBody',
	type: 'string',
	typeOptions: { rows: 5 },
	required: true,
	default: '',
	placeholder: 'e.g. &lt;p&gt;Hello Nathan&lt;/p&gt;',
	description: "Content of the email, in HTML, or plain text if 'Body Format' is 'Text'",
};

const bcc: INodeProperties = {
	displayName: 'BCC',
	name: 'bcc',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description:
		'Comma-separated email addresses that receive a copy which the others do not see. A TrustPager server that does not take BCC refuses the email; it is never sent without it.',
};

const emailConfigId: INodeProperties = locator({
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
		contactId('to link the email to, so that it appears on their timeline'),
		customerId('to link the email to'),
		dealId('to link the email to, so that it appears on its timeline'),
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
	fields: [toEmail, subject, bodyFormat, htmlBody, mode, senderUserId, options],
	prepare: (item, run) => {
		const chosen = item.collection(options);
		const personal = item.choice(mode) === 'personal';
		const { body: more, ...mail } = readMailOptions(item, chosen, personal);
		const hidden = optionalAddresses(chosen.value('bcc'));
		const links = chosen.optionalIds('contactId', 'dealId', 'customerId');
		const { email: recipient, name } = requiredPerson(item.value(toEmail));
		const body = {
			to_email: recipient,
			...(name && { to_name: name }),
			subject: item.required(subject),
			html_body: htmlOf(item.value(htmlBody), item.choice(bodyFormat)),
			...(personal ? { mode: 'personal', sender_user_id: item.id(senderUserId) } : {}),
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
			traits: {
				recipient,
				subject: body.subject,
				contactId: textOf(links.contact_id),
				dealId: textOf(links.deal_id),
			},
		});
	},
};
