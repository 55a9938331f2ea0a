import type { INodeProperties } from 'n8n-workflow';

import { FIRST_OPTION } from './kinds';

/**
 * What must become of a value, written down a second time without looking at the reader:
 * `refused` by the parameter's name before any request; `unset`, the request goes without it; `sent` as this value;
 * `used`, where the request does not show it; `judged`, refused or sent, by rules with a test of their own.
 */
export type Rule = 'refused' | 'unset' | 'used' | 'judged' | { sent: unknown };

/** What a parameter holds. A new parameter has the class of its type, or is listed here by name. */
type Holds =
	| 'flag'
	| 'choice'
	| 'count'
	| 'id'
	| 'ids'
	| 'person'
	| 'address'
	| 'addresses'
	| 'addressList'
	| 'names'
	| 'files'
	| 'key'
	| 'html'
	| 'sender'
	| 'time'
	| 'moment'
	| 'zone'
	| 'text';

const BY_NAME: Record<string, Holds> = {
	attachmentFields: 'files',
	bcc: 'addressList',
	cc: 'addresses',
	fromEmail: 'address',
	gmailSenderAlias: 'address',
	htmlBody: 'html',
	idempotencyKey: 'key',
	isAutomated: 'flag',
	isRead: 'flag',
	messageButtonLabel: 'html',
	outputFields: 'names',
	participant: 'address',
	recipient: 'address',
	replyHtml: 'html',
	replyTo: 'address',
	responseFormButtonLabel: 'html',
	responseFormDescription: 'html',
	responseFormTitle: 'html',
	scheduledFor: 'time',
	sender: 'sender',
	since: 'moment',
	staffEmail: 'address',
	statuses: 'choice',
	threadIds: 'ids',
	threads: 'ids',
	timezone: 'zone',
	toEmail: 'person',
};
const BY_TYPE: Record<string, Holds> = {
	boolean: 'flag',
	number: 'count',
	options: 'choice',
	resourceLocator: 'id',
};

/** Options of an email that may be empty for some items. */
const MAY_BE_EMPTY = ['bcc', 'cc', 'toName', 'contactId', 'customerId', 'dealId'];

export function holds(field: INodeProperties): Holds {
	return BY_NAME[field.name] ?? BY_TYPE[field.type] ?? 'text';
}

/** What must become of `value` in a parameter, or in an entry of the named collection. */
export function ruleOf(field: INodeProperties, value: unknown, collection?: string): Rule {
	const isEntry = collection !== undefined;
	if (isNothing(value)) {
		return collection === 'options' && MAY_BE_EMPTY.includes(field.name) ? 'unset' : 'refused';
	}
	switch (holds(field)) {
		case 'flag':
			return flag(value);
		case 'choice':
			return value === FIRST_OPTION ? 'used' : 'refused';
		case 'count':
			return [1, '1'].includes(value as string | number) ? 'used' : 'refused';
		case 'id':
			return id(value);
		case 'ids':
			return ids(value);
		case 'person':
		case 'address':
			return isOneAddress(value) ? { sent: 'mia@example.com' } : 'refused';
		case 'addresses':
			if (value === 'mia@example.com; bob@example.com') {
				return { sent: 'mia@example.com, bob@example.com' };
			}
			return isOneAddress(value) ? { sent: 'mia@example.com' } : 'refused';
		case 'addressList':
			if (value === 'mia@example.com; bob@example.com') {
				return { sent: ['mia@example.com', 'bob@example.com'] };
			}
			return isOneAddress(value) ? { sent: ['mia@example.com'] } : 'refused';
		case 'names':
			return isTextOrTexts(value) ? 'used' : 'refused';
		case 'files':
			return 'refused';
		case 'key':
			return isText(value) ? 'used' : 'refused';
		case 'html':
			return isText(value) ? { sent: String(value).trim() } : 'refused';
		// None of these kinds is a time to come or a time zone: test/parameters/time.test.ts.
		case 'time':
		case 'zone':
			return 'refused';
		// Seconds since 1970, and a date.
		case 'moment':
			return (typeof value === 'number' && !Number.isNaN(value)) || value instanceof Date
				? 'used'
				: 'refused';
		case 'sender':
			return 'judged';
		default:
			// Entries of collections select or change a record; a name of a person may be as long as it is.
			if (String(value).length > 2_000 && isEntry && field.name !== 'toName') return 'refused';
			return isText(value) ? { sent: oneLine(String(value)) } : 'refused';
	}
}

function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isNothing);
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

const isText = (value: unknown) =>
	value !== FIRST_OPTION &&
	(typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)));

const isTextOrTexts = (value: unknown) =>
	isText(value) || (Array.isArray(value) && value.every((entry) => isText(entry)));

function flag(value: unknown): Rule {
	if ([true, 1, 'true', 'True', '1'].includes(value as string)) return { sent: true };
	return [false, 0, '0'].includes(value as string) ? { sent: false } : 'refused';
}

function id(value: unknown): Rule {
	if (!isText(value)) return 'refused';
	const text = String(value).trim();
	const isWord = !/[\s"[\]{}<>\p{Cc}]/u.test(text) && text.length < 200;
	return isWord && !/^true$/i.test(text) ? { sent: text } : 'refused';
}

const UUIDS = ['5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f', '0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e'];

/** Other forms: test/parameters/idList.test.ts. */
function ids(value: unknown): Rule {
	if (value === UUIDS[0]) return { sent: [UUIDS[0]] };
	if (value === UUIDS.join('; ')) return { sent: UUIDS };
	if (Array.isArray(value) && value.some((entry) => entry?.id)) return { sent: UUIDS };
	if (['subject', '  subject '].includes(value as string)) return { sent: ['subject'] };
	return 'judged';
}

function isOneAddress(value: unknown): boolean {
	if (typeof value === 'object' && value !== null && 'email' in value) return true;
	return ['mia@example.com', 'Mia Roe <mia@example.com>'].includes(value as string);
}

const oneLine = (text: string) =>
	text
		.replace(/\n/g, ' ')
		.replace(/\p{Cc}/gu, '')
		.trim();
