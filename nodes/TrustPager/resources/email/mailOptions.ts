import type { INodeProperties } from 'n8n-workflow';

import type { Mail } from '../../operations/atMostOnce/sendMail';
import { attachmentsOf } from '../../operations/attachments/attachments';
import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { locator } from '../../parameters/locator';

/** Options that Send and Reply share. */

export const attachmentFields: INodeProperties = {
	displayName: 'Attachment Fields',
	name: 'attachmentFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	hint: 'Attachments leave through Gmail only, 25 MB in all',
	description:
		'Names of the binary fields of the input item to attach, comma-separated for several files',
};

export const cc: INodeProperties = {
	displayName: 'CC',
	name: 'cc',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: 'Email addresses that get a copy, comma-separated for several',
};

export const fromEmail: INodeProperties = locator({
	displayName: 'From Alias',
	name: 'fromEmail',
	description: "A “Send mail as” address of the sender's Gmail account, in personal mode",
	noun: 'an alias',
	search: 'searchAliases',
	example: 'sales@example.com',
});

export const idempotencyKeyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. welcome-{{ $json.contactId }}',
	description:
		'A text that stands for this one email. When the workflow runs again within 24 hours, TrustPager does not send an email with the same key again. Without it each execution may send.',
};

export const resendOnce: INodeProperties = {
	displayName: 'Resend Once if Outcome Is Unknown',
	name: 'resendOnce',
	type: 'boolean',
	default: false,
	description:
		'Whether to send once more, with the same Idempotency Key, when the connection broke and the send log does not show the email. Safe only as far as TrustPager honors the key.',
};

export const toName: INodeProperties = {
	displayName: 'To Name',
	name: 'toName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: "The recipient's name",
};

/** What the options add to any mail. API: `from_email` is an alias of the personal sender. @throws NodeOperationError for an address or a binary field that is not there */
export function readMailOptions(
	item: Item,
	options: Collection,
	personal: boolean,
): Pick<Mail, 'attachments' | 'resendOnce'> & { body: { [name: string]: string } } {
	const body: { [name: string]: string } = {};
	const add = (name: string, value: string) => {
		if (value !== '') body[name] = value;
	};
	add('to_name', options.value('toName').optionalText());
	add('cc', options.value('cc').addresses().join(', '));
	add('from_email', options.value('fromEmail').address());
	if (body.from_email !== undefined && !personal) {
		throw item.refuse(
			fromEmail,
			'works in personal mode only',
			"Set 'Mode' to 'Personal', or leave it out: company mail has its own from address.",
		);
	}
	return {
		body,
		attachments: attachmentsOf(item, options, attachmentFields),
		resendOnce: options.flag('resendOnce'),
	};
}
