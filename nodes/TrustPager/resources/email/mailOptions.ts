import type { INodeProperties } from 'n8n-workflow';

import type { Mail } from '../../operations/atMostOnce/sendMail';
import { attachmentsOf } from '../../operations/attachments/attachments';
import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { senderUserId } from '../../parameters/fields';
import { locator } from '../../parameters/locator';
import { addressOf, optionalAddresses } from '../../parameters/people';

/** Options that Send and Reply share. */

export const attachmentFields: INodeProperties = {
	displayName: 'Attachment Fields',
	name: 'attachmentFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	hint: 'At most 25 MB in total through Gmail, 7 MB through TrustPager Mail',
	description:
		'Comma-separated names of the binary fields of the input item to attach. An expression may also give the files themselves, for example all with $binary.',
};

export const cc: INodeProperties = {
	displayName: 'CC',
	name: 'cc',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: 'Comma-separated email addresses that receive a copy',
};

export const fromEmail: INodeProperties = locator({
	displayName: 'From Alias',
	name: 'fromEmail',
	description:
		"A “Send mail as” address of the sender's Gmail account. Only for mail from a user's Gmail.",
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
		'A text that identifies this one email. For 24 hours, TrustPager sends nothing more under the same key, even if the text differs. Without a key, each execution may send the email.',
	builderHint: {
		propertyHint:
			"Set it whenever the workflow may run twice for one event (webhooks, retries): an expression with the event's own ID.",
	},
};

export const resendOnce: INodeProperties = {
	displayName: 'Resend if Outcome Unknown',
	name: 'resendOnce',
	type: 'boolean',
	default: false,
	description:
		"Whether to send the email once more, with the same 'Idempotency Key', if the outcome is unknown and the send log does not show the email. Only safe if TrustPager honors the key.",
};

export const toName: INodeProperties = {
	displayName: 'To Name',
	name: 'toName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'Name of the recipient',
};

/** The account that sends an email, under the API's names; company mail has none. */
export function readSender(item: Item, personal: boolean) {
	return personal ? { mode: 'personal', sender_user_id: item.id(senderUserId) } : {};
}

/**
 * What the options add to an email. API: `from_email` is an alias of the personal sender.
 * @throws NodeOperationError for an invalid address or a missing binary field
 */
export function readMailOptions(
	item: Item,
	options: Collection,
	personal: boolean,
): Pick<Mail, 'attachments' | 'cc' | 'resendOnce'> & { body: { [name: string]: string } } {
	return {
		...readAddressOptions(item, options, personal),
		attachments: attachmentsOf(item, options, attachmentFields),
		resendOnce: options.flag('resendOnce'),
	};
}

/**
 * Whom the options add to an email, under the API's names.
 * @throws NodeOperationError for an invalid address
 */
export function readAddressOptions(
	item: Item,
	options: Collection,
	personal: boolean,
): Pick<Mail, 'cc'> & { body: { [name: string]: string } } {
	const body: { [name: string]: string } = {};
	const add = (name: string, value: string) => {
		if (value !== '') body[name] = value;
	};
	add('to_name', options.value('toName').optionalText());
	const copies = optionalAddresses(options.value('cc'));
	add('cc', copies.join(', '));
	add('from_email', addressOf(options.value('fromEmail')));
	if (body.from_email !== undefined && !personal) {
		throw item.refuse(
			fromEmail,
			"works only if 'Send From' is 'A User's Gmail'",
			'Choose that, or leave the alias out: company mail has its own From address.',
		);
	}
	return { body, cc: copies.length > 0 ? copies : undefined };
}
