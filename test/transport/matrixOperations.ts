import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import { byId, type SandboxFixture } from '../engine/sandboxFixture';
import type { ErrorCase } from './errorCases';

/** An operation that runs for two items, and the request of the second one that is answered with an error. */
export interface MatrixOperation {
	name: string;
	parameters: IDataObject;
	items(fixture: SandboxFixture): IDataObject[];
	/** Which request fails, by the item that it belongs to. */
	request(items: IDataObject[]): Pick<Fault, 'method' | 'path' | 'skip'>;
	/** The output of the first item. */
	row: (item: IDataObject) => unknown;
	/** Whether an error that stops the node says which items must not be run again. */
	isOnce?: true;
	/** What is unknown of an email after an answer that does not say whether the server has done what was asked. */
	unknown?: 'sent' | 'scheduled';
}

const PATH = '/scheduled-communications';
const scheduledEmailId = byId('={{ $json.id }}');
const mail = { toEmail: '={{ $json.to }}', subject: 'Your quote', htmlBody: '<p>Hello</p>' };
const people = () => [{ to: 'ann@example.com' }, { to: 'bob@example.com' }];
const threads = ({ seed }: SandboxFixture) => seed.threads.slice(0, 2).map(({ id }) => ({ id }));
const scheduled = ({ seed }: SandboxFixture) =>
	seed.scheduled
		.filter(({ channel, status }) => channel === 'email' && status === 'pending')
		.slice(0, 2)
		.map(({ id }) => ({ id }));
const withId = ({ id }: IDataObject) => expect.objectContaining({ id }) as unknown;

export const THREAD_GET: MatrixOperation = {
	name: 'thread get',
	parameters: { resource: 'thread', operation: 'get', threadId: '={{ $json.id }}' },
	items: threads,
	request: ([, { id }]) => ({ path: `/email/threads/${String(id)}` }),
	row: withId,
};

export const OPERATIONS: MatrixOperation[] = [
	{
		name: 'scheduledEmail create',
		parameters: {
			resource: 'scheduledEmail',
			operation: 'create',
			...mail,
			scheduledFor: '2099-06-03T09:00:00Z',
		},
		items: people,
		request: () => ({ method: 'POST', path: PATH, skip: 1 }),
		row: () => expect.objectContaining({ outcome: 'scheduled' }),
		isOnce: true,
		unknown: 'scheduled',
	},
	{
		name: 'scheduledEmail get',
		parameters: { resource: 'scheduledEmail', operation: 'get', scheduledEmailId },
		items: scheduled,
		request: ([, { id }]) => ({ path: `${PATH}/${String(id)}` }),
		row: withId,
	},
	{
		name: 'scheduledEmail getAll',
		parameters: {
			resource: 'scheduledEmail',
			operation: 'getAll',
			limit: 1,
			filters: { status: '={{ $json.status }}' },
		},
		items: () => [{ status: 'pending' }, { status: 'dispatched' }],
		request: () => ({ method: 'GET', path: PATH, skip: 1 }),
		row: ({ status }) => expect.objectContaining({ status }),
	},
	{
		name: 'scheduledEmail update',
		parameters: {
			resource: 'scheduledEmail',
			operation: 'update',
			scheduledEmailId,
			updateFields: { subject: 'Another subject' },
		},
		items: scheduled,
		request: ([, { id }]) => ({ method: 'PATCH', path: `${PATH}/${String(id)}` }),
		row: withId,
	},
	{
		name: 'scheduledEmail cancel',
		parameters: { resource: 'scheduledEmail', operation: 'cancel', scheduledEmailId },
		items: scheduled,
		request: ([, { id }]) => ({ method: 'DELETE', path: `${PATH}/${String(id)}` }),
		row: ({ id }) => ({ cancelled: true, id }),
	},
	{
		name: 'scheduledEmail sendNow',
		parameters: { resource: 'scheduledEmail', operation: 'sendNow', scheduledEmailId },
		items: scheduled,
		request: ([, { id }]) => ({ path: `${PATH}/${String(id)}/dispatch-now` }),
		row: withId,
		isOnce: true,
	},
	{
		name: 'thread delete',
		parameters: { resource: 'thread', operation: 'delete', threadId: byId('={{ $json.id }}') },
		items: threads,
		request: ([, { id }]) => ({ method: 'DELETE', path: `/email/threads/${String(id)}` }),
		row: ({ id }) => ({ deleted: true, id }),
	},
	{
		name: 'thread update with links',
		parameters: {
			resource: 'thread',
			operation: 'update',
			threadId: byId('={{ $json.id }}'),
			updateFields: { linkContactId: byId('={{ $json.contact }}') },
		},
		items: (fixture) =>
			threads(fixture).map((item) => ({ ...item, contact: fixture.records.contacts[0].id })),
		request: ([, { id }]) => ({ method: 'PATCH', path: `/email/threads/${String(id)}` }),
		row: withId,
	},
	{
		name: 'email send with BCC',
		parameters: {
			resource: 'email',
			operation: 'send',
			...mail,
			options: { bcc: 'cy@example.com' },
		},
		items: people,
		request: () => ({ method: 'POST', path: '/email/send', skip: 1 }),
		row: () => expect.objectContaining({ outcome: 'sent' }),
		isOnce: true,
		unknown: 'sent',
	},
	{
		name: 'email reply to all',
		parameters: {
			resource: 'email',
			operation: 'reply',
			threadId: byId('={{ $json.id }}'),
			replyHtml: '<p>Hello</p>',
			options: { replyAll: true },
		},
		items: ({ seed }) =>
			seed.threads
				.filter(({ last_message_direction }) => last_message_direction === 'inbound')
				.slice(0, 2)
				.map(({ id }) => ({ id })),
		request: () => ({ method: 'POST', path: '/email/reply', skip: 1 }),
		row: () => expect.objectContaining({ outcome: 'sent' }),
		isOnce: true,
		unknown: 'sent',
	},
];

/** The items as n8n passes them on. */
export const asItems = (items: IDataObject[]): INodeExecutionData[] =>
	items.map((json) => ({ json }));

/** The error that a case must cause in an operation. */
export function expectedOf(error: ErrorCase, { unknown }: MatrixOperation): ErrorCase {
	if (unknown === undefined || Number(error.httpCode) < 500) return error;
	return {
		...error,
		httpCode: null,
		title: 'It is unknown whether the email to ',
		says: [`outcome is unknown (HTTP ${error.httpCode}).`, 'before you '],
	};
}
