import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { byId } from '../engine/sandboxFixture';

/** Empty at run time only: n8n itself refuses a value that is empty before the run. */
const NOTHING = '={{ "" }}';
const ID = '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f';
export const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: 'ann@example.com',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
};
export const REPLY = {
	resource: 'email',
	operation: 'reply',
	threadId: byId(ID),
	replyHtml: '<p>Hello</p>',
	toEmail: 'ann@example.com',
};
const CREATE = {
	resource: 'config',
	operation: 'create',
	fromEmailHandle: 'support',
	fromName: 'Support',
	staffEmail: 'staff@example.com',
};
export const MARK = { resource: 'thread', operation: 'markRead' };

export interface InvalidCase {
	name: string;
	/** The parameter's label, which the message must contain. */
	names: string;
	says: string;
	parameters: IDataObject;
	items?: INodeExecutionData[];
}

const emptyId = (
	resource: string,
	operation: string,
	parameter: string,
	names: string,
): InvalidCase => ({
	name: `${resource} ${operation} without its ID`,
	names,
	says: 'is empty',
	parameters: { resource, operation, [parameter]: byId(NOTHING) },
});

const EMPTY_IDS: InvalidCase[] = [
	...['get', 'getMessages', 'update'].map((operation) =>
		emptyId('thread', operation, 'threadId', 'Thread'),
	),
	...['get', 'delete', 'update'].map((operation) =>
		emptyId('config', operation, 'configId', 'Configuration'),
	),
	...['get', 'approve', 'reject'].map((operation) =>
		emptyId('approval', operation, 'approvalId', 'Approval'),
	),
	{
		...emptyId('email', 'reply', 'threadId', 'Thread'),
		parameters: { ...REPLY, threadId: byId(NOTHING) },
	},
].map((bad) =>
	bad.parameters.operation === 'update'
		? { ...bad, parameters: { ...bad.parameters, updateFields: { isRead: true, configName: 'x' } } }
		: bad,
);

const UNSAFE_IDS: InvalidCase[] = [
	'..',
	'.',
	'../admin',
	`${ID}/messages`,
	'a\\b',
	'a\nb',
	'/',
].map((id) => ({
	name: `a thread ID that would change the URL: ${JSON.stringify(id)}`,
	names: 'Thread',
	says: 'is not a valid ID',
	// The editor refuses a fixed one before the run: test/parameters/locatorValidation.
	parameters: {
		resource: 'thread',
		operation: 'get',
		threadId: byId(`={{ ${JSON.stringify(id)} }}`),
	},
}));

const ADDRESSES: InvalidCase[] = [
	'ann',
	'ann@',
	'@example.com',
	'ann@example',
	'ann@@example.com',
	'ann @example.com',
].map((toEmail) => ({
	name: `an invalid recipient: ${toEmail}`,
	names: 'To Email',
	says: 'is not an email address',
	parameters: { ...SEND, toEmail },
}));

const OTHERS: InvalidCase[] = [
	{
		name: 'no recipient',
		names: 'To Email',
		says: 'is empty',
		parameters: { ...SEND, toEmail: ' ' },
	},
	{
		name: 'two recipients',
		names: 'To Email',
		says: 'takes one person, not 2',
		parameters: { ...SEND, toEmail: 'ann@example.com, bob@example.com' },
	},
	{
		name: 'no subject',
		names: 'Subject',
		says: 'is empty',
		parameters: { ...SEND, subject: NOTHING },
	},
	{
		name: 'no body',
		names: 'Body',
		says: 'is empty',
		parameters: { ...SEND, htmlBody: NOTHING },
	},
	{
		name: 'an expression without a result',
		names: 'Subject',
		says: 'is empty',
		parameters: { ...SEND, subject: '={{ $json.nothing }}' },
	},
	{
		name: 'an expression that results in an object',
		names: 'Subject',
		says: 'must be text',
		parameters: { ...SEND, subject: '={{ $json }}' },
	},
	{
		name: 'no reply body',
		names: 'Body',
		says: 'is empty',
		parameters: { ...REPLY, replyHtml: NOTHING },
	},
	{
		name: 'a reply to an invalid address',
		names: 'To Email',
		says: 'is not an email address',
		parameters: { ...REPLY, toEmail: 'ann' },
	},
	{
		name: 'one invalid CC address',
		names: 'CC',
		says: 'is not an email address (no @): bob',
		parameters: { ...SEND, options: { cc: 'ann@example.com, bob' } },
	},
	{
		name: 'an invalid alias address',
		names: 'From Alias',
		says: 'is not an email address',
		parameters: { ...SEND, options: { fromEmail: byId('sales') } },
	},
	{
		name: 'an alias in company mode',
		names: 'From Alias',
		says: "works only if 'Send From' is 'A User's Gmail'",
		parameters: { ...SEND, options: { fromEmail: byId('sales@example.com') } },
	},
	{
		name: 'personal mode with an empty sender',
		names: 'Sender',
		says: 'is empty',
		parameters: { ...SEND, mode: 'personal', senderUserId: byId(NOTHING) },
	},
	{
		name: 'a personal reply without a sender',
		names: 'Sender',
		says: 'is empty',
		parameters: { ...REPLY, mode: 'personal', senderUserId: byId(NOTHING) },
	},
	...[NOTHING, ' , ,', '={{ [] }}', '={{ [" "] }}'].map((threadIds) => ({
		name: `markRead with no IDs: ${JSON.stringify(threadIds)}`,
		names: 'Thread IDs',
		says: 'is empty',
		parameters: { ...MARK, threadIds },
	})),
	{
		name: 'markRead with one unsafe ID among valid ones',
		names: 'Thread IDs',
		says: 'not a valid ID: ../x',
		parameters: { ...MARK, threadIds: `${ID}, ../x` },
	},
	{
		name: 'markRead with objects that have no ID',
		names: 'Thread IDs',
		says: 'has an entry that is not a valid ID',
		parameters: { ...MARK, threadIds: '={{ [{ name: 1 }] }}' },
	},
	...['thread', 'config'].map((resource) => ({
		name: `${resource} update that changes nothing`,
		names: 'Update Fields',
		says: 'is empty',
		parameters: {
			resource,
			operation: 'update',
			threadId: byId(ID),
			configId: byId(ID),
			updateFields: {},
		},
	})),
	...['fromEmailHandle', 'fromName', 'staffEmail'].map((field, i) => ({
		name: `config create without ${field}`,
		names: ['From Email Handle', 'From Name', 'Staff Email'][i],
		says: 'is empty',
		parameters: { ...CREATE, [field]: NOTHING },
	})),
	{
		name: 'config create with an invalid staff address',
		names: 'Staff Email',
		says: 'is not an email address',
		parameters: { ...CREATE, staffEmail: 'staff' },
	},
	...(['replyTo', 'gmailSenderAlias'] as const).map((field) => ({
		name: `config create with an invalid ${field}`,
		names: field === 'replyTo' ? 'Reply To' : 'Gmail Sender Alias',
		says: 'is not an email address',
		parameters: { ...CREATE, additionalFields: { [field]: 'nobody' } },
	})),
	{
		name: 'config update with an invalid staff address',
		names: 'Staff Email',
		says: 'is not an email address',
		parameters: {
			resource: 'config',
			operation: 'update',
			configId: byId(ID),
			updateFields: { staffEmail: 'staff' },
		},
	},
	{
		name: 'an invalid participant address',
		names: 'Participant Email',
		says: 'is not an email address',
		parameters: { resource: 'thread', operation: 'getAll', filters: { participant: 'Ann' } },
	},
	...[NaN, 0, -1, 1.5, 'many'].map((limit) => ({
		name: `Limit ${limit}`,
		names: 'Limit',
		says: 'must be a whole number of at least 1',
		parameters: {
			resource: 'thread',
			operation: 'getAll',
			limit: `={{ ${JSON.stringify(limit) ?? 'NaN'} }}`,
		},
	})),
	{
		name: 'Limit that is NaN',
		names: 'Limit',
		says: 'must be a whole number of at least 1',
		parameters: { resource: 'log', operation: 'getAll', limit: '={{ Number("x") }}' },
	},
];

/** Values that only an expression can give, because the panel does not offer them. */
const NOT_OFFERED: InvalidCase[] = [
	{
		name: 'an unknown mode is not treated as company',
		names: 'Send From',
		says: 'must be one of: personal, company',
		parameters: { ...SEND, mode: '={{ "private" }}', senderUserId: byId(ID) },
	},
	{
		name: 'an unknown mode of a reply',
		names: 'Send From',
		says: 'is empty: its expression gave nothing',
		parameters: { ...REPLY, mode: '={{ "" }}', senderUserId: byId(ID) },
	},
	{
		name: 'an unknown target',
		names: 'Target',
		says: 'must be one of: allUnread, selected, fromList',
		parameters: { ...MARK, target: '={{ "all" }}', threadIds: ID },
	},
	{
		name: 'no thread of the list',
		names: 'Thread Names or IDs',
		says: 'is empty',
		parameters: { ...MARK, target: 'fromList', threads: '={{ [] }}' },
	},
	{
		name: 'an unknown direction, which would exclude every message',
		names: 'Direction',
		says: 'must be one of: inbound, outbound',
		parameters: {
			resource: 'thread',
			operation: 'getMessages',
			threadId: byId(ID),
			filters: { direction: '={{ "in" }}' },
		},
	},
	{
		name: 'Return All that is neither true nor false',
		names: 'Return All',
		says: 'must be true or false',
		parameters: { resource: 'thread', operation: 'getAll', returnAll: '={{ "all" }}' },
	},
	{
		name: 'a read state that is neither true nor false',
		names: 'Is Read',
		says: 'must be true or false',
		parameters: {
			resource: 'thread',
			operation: 'update',
			threadId: byId(ID),
			updateFields: { isRead: '={{ "seen" }}' },
		},
	},
];

export const file = (bytes: number): IBinaryData => ({
	data: Buffer.alloc(bytes, 7).toString('base64'),
	mimeType: 'application/pdf',
	fileName: 'quote.pdf',
});
export const MAX_BYTES = 25 * 1024 * 1024;
export const attach = (attachmentFields: string) => ({ ...SEND, options: { attachmentFields } });

const FILES: InvalidCase[] = [
	{
		name: 'an attachment from an item without files',
		names: 'Attachment Fields',
		says: "names 'data', but the item has no such binary field",
		parameters: attach('data'),
	},
	{
		name: 'one of two attachments does not exist',
		names: 'Attachment Fields',
		says: "names 'invoice'",
		parameters: attach('quote, invoice'),
		items: [{ json: {}, binary: { quote: file(3) } }],
	},
	{
		name: 'attachments of 25 MB and one byte in total',
		names: 'Attachment Fields',
		says: '25 MB',
		parameters: attach('one,two'),
		items: [{ json: {}, binary: { one: file(MAX_BYTES - 10), two: file(11) } }],
	},
];

/** Each is refused with a message that names the parameter. */
export const INVALID = [
	...EMPTY_IDS,
	...UNSAFE_IDS,
	...ADDRESSES,
	...OTHERS,
	...NOT_OFFERED,
	...FILES,
];
