import type { INodeProperties } from 'n8n-workflow';

import { htmlOf } from '../../operations/mailBody/mailBody';
import { bodyFormat, senderUserId } from '../../parameters/fields';
import type { Item } from '../../parameters/item';
import { requiredPerson } from '../../parameters/people';

/** What Send and Schedule share: a new email, with its recipient and its content. */

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

/**
 * Recipient, content and sender of a new email, under the API's names.
 * @throws NodeOperationError for what is missing or cannot be read
 */
export function readNewMail(item: Item, personal: boolean) {
	const { email, name } = requiredPerson(item.value(toEmail));
	return {
		to_email: email,
		...(name && { to_name: name }),
		subject: item.required(subject),
		html_body: htmlOf(item.value(htmlBody), item.choice(bodyFormat)),
		...(personal ? { mode: 'personal', sender_user_id: item.id(senderUserId) } : {}),
	};
}
