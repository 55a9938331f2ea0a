import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { htmlOf } from '../../operations/mailBody/mailBody';
import type { Collection } from '../../parameters/collection';
import { bodyFormat } from '../../parameters/fields';
import type { Item } from '../../parameters/item';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';
import { requiredPerson } from '../../parameters/people';
import { textOf } from '../../values';
import { readSender } from './mailOptions';

/** What Send, Send and Wait, and Schedule share: a new email, with its recipient, its content and its links. */

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
	displayName: 'Body',
	name: 'htmlBody',
	type: 'string',
	typeOptions: { rows: 5 },
	required: true,
	default: '',
	placeholder: 'e.g. Hello Nathan, …',
	description: "Content of the email, in HTML or plain text as 'Body Format' says",
};

/** The links of an email, as options. */
export const linkOptions: INodeProperties[] = [
	contactId('to link the email to, so that it appears on their timeline'),
	customerId('to link the email to'),
	dealId('to link the email to, so that it appears on its timeline'),
];

/**
 * Recipient, subject and sender of a new email, under the API's names.
 * @throws NodeOperationError for what is missing or cannot be read
 */
export function readAddressedMail(item: Item, personal: boolean) {
	const { email, name } = requiredPerson(item.value(toEmail));
	return {
		to_email: email,
		...(name && { to_name: name }),
		subject: item.required(subject),
		...readSender(item, personal),
	};
}

/** The same with the content. */
export function readNewMail(item: Item, personal: boolean) {
	return {
		...readAddressedMail(item, personal),
		html_body: htmlOf(item.value(htmlBody), item.choice(bodyFormat)),
	};
}

/** The chosen links, under the API's names. */
export function readLinks(options: Collection): IDataObject {
	return options.optionalIds('contactId', 'dealId', 'customerId');
}

/** What the email is found by in a log. */
export function traitsOf(
	{ to_email: recipient, subject: text }: { to_email: string; subject: string },
	links: IDataObject,
) {
	const [contact, deal] = [textOf(links.contact_id), textOf(links.deal_id)];
	return { recipient, subject: text, contactId: contact, dealId: deal };
}
