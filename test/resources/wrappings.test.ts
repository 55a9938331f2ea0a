/** The same object, wherever a server puts it in its answer, on n8n's real engine. */
import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { rows, runNode } from '../engine/engine';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

let server: RawServer;
let runs = 0;
beforeAll(async () => {
	timing.backoffBaseMs = 1;
	server = await startRawServer();
});
afterAll(async () => await server.close());
beforeEach(() => (server.received.length = 0));

const id = { __rl: true, mode: 'id', value: '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f' };

async function run(parameters: IDataObject, body: unknown, status = 200) {
	server.answer = (_request, response) => json(response, status, body);
	return await runNode({
		parameters,
		credential: {
			apiKey: `tp_live_${'w'.repeat(20)}${runs++}`,
			baseUrl: server.url,
			requestsPerMinute: 100_000,
		},
	});
}

const all = (resource: string, more: IDataObject = {}) => ({
	resource,
	operation: 'getAll',
	returnAll: true,
	...more,
});

interface Case {
	parameters: IDataObject;
	/** What the answer calls the object. */
	name: string;
	object: IDataObject;
}

const THREAD = { id: id.value, subject: 'Hello', status: 'open' };
const CASES: Array<[string, Case]> = [
	[
		'thread get',
		{
			parameters: { resource: 'thread', operation: 'get', threadId: id, simplify: false },
			name: 'thread',
			object: THREAD,
		},
	],
	[
		'thread update',
		{
			parameters: {
				resource: 'thread',
				operation: 'update',
				threadId: id,
				updateFields: { isRead: true },
			},
			name: 'thread',
			object: { id: id.value, is_read: true },
		},
	],
	[
		'config get',
		{
			parameters: { resource: 'config', operation: 'get', configId: id },
			name: 'config',
			object: { id: 'c1', from_name: 'Support' },
		},
	],
	[
		'config create',
		{
			parameters: {
				resource: 'config',
				operation: 'create',
				fromEmailHandle: 'support',
				fromName: 'Support',
				staffEmail: 'staff@example.com',
			},
			name: 'config',
			object: { id: 'c1', from_name: 'Support' },
		},
	],
	[
		'config update',
		{
			parameters: {
				resource: 'config',
				operation: 'update',
				configId: id,
				updateFields: { fromName: 'Support' },
			},
			name: 'config',
			object: { id: 'c1', from_name: 'Support' },
		},
	],
	[
		'approval get',
		{
			parameters: { resource: 'approval', operation: 'get', approvalId: id },
			name: 'approval',
			object: { id: 'a1', approval_id: 'a1', status: 'pending' },
		},
	],
	[
		'approval approve',
		{
			parameters: { resource: 'approval', operation: 'approve', approvalId: id },
			name: 'approval',
			object: { id: 'a1', status: 'approved', execution_status: 201 },
		},
	],
	[
		'approval reject',
		{
			parameters: { resource: 'approval', operation: 'reject', approvalId: id },
			name: 'approval',
			object: { id: 'a1', status: 'rejected' },
		},
	],
	[
		'email getCapabilities',
		{
			parameters: { resource: 'email', operation: 'getCapabilities' },
			name: 'capabilities',
			object: { authenticated_user: { name: 'Mia' }, personal_gmail_users: [] },
		},
	],
];

describe.each(CASES)('%s', (_name, { parameters, name, object }) => {
	test.each<[string, unknown]>([
		['data', { data: object, meta: { credits_remaining: 1 } }],
		['the root', { ...object, meta: { credits_remaining: 1 } }],
		['data under its name', { data: { [name]: object } }],
		['the root under its name', { [name]: object, meta: {} }],
	])('in %s', async (_where, body) => {
		const outcome = await run(parameters, body);
		expect(outcome.error).toBeUndefined();
		expect(rows(outcome.items)).toEqual([object]);
	});
});

describe('what stands beside the object', () => {
	const messages = [{ id: 'm1' }];
	const get = { resource: 'thread', operation: 'get', threadId: id };

	test.each<[string, unknown]>([
		['in data', { data: { ...THREAD, messages } }],
		['in data beside it', { data: { thread: THREAD, messages } }],
		['at the root beside it', { thread: THREAD, messages }],
		['at the root in it', { thread: { ...THREAD, messages } }],
	])('embedded messages are the same %s', async (_name, body) => {
		const raw = await run({ ...get, simplify: false }, body);
		expect(rows(raw.items)).toEqual([{ ...THREAD, messages }]);
		const [simple] = rows((await run({ ...get, simplify: true }, body)).items);
		expect(simple).toMatchObject({ id: THREAD.id, thread_id: THREAD.id, subject: 'Hello' });
		expect(simple).not.toHaveProperty('messages');
	});

	test("never replaces the object's own fields", async () => {
		const body = { thread: THREAD, status: 'ok', success: true };
		const { items } = await run({ ...get, simplify: false }, body);
		expect(rows(items)).toEqual([{ ...THREAD, success: true }]);
	});

	test('tells that an approved request failed', async () => {
		const body = { data: { approval: { id: 'a1', status: 'approved' }, execution_status: 400 } };
		const approve = { resource: 'approval', operation: 'approve', approvalId: id };
		expect((await run(approve, body)).error?.message).toMatch(/did not complete it/);
	});
});

test.each<[string, IDataObject, unknown, string[]]>([
	['configs in data', all('config'), { data: { configs: [{ id: 'c1' }] } }, ['c1']],
	['configs at the root', all('config'), { configs: [{ id: 'c1' }] }, ['c1']],
	['bare configs', all('config'), [{ id: 'c1' }], ['c1']],
	[
		'messages beside their thread',
		{ ...all('thread'), operation: 'getMessages', threadId: id },
		{ data: { thread: THREAD, messages: [{ id: 'm1' }] } },
		['m1'],
	],
	[
		'messages beside another list',
		{ ...all('thread'), operation: 'getMessages', threadId: id },
		{ thread: THREAD, messages: [{ id: 'm1' }], participants: [{ email: 'ann@example.com' }] },
		['m1'],
	],
])('%s', async (_name, parameters, body, ids) => {
	const outcome = await run(parameters, body);
	expect(outcome.error).toBeUndefined();
	expect(rows(outcome.items).map((row) => row.id)).toEqual(ids);
});

test('of two known lists, none is taken', async () => {
	const body = { data: { messages: [], threads: [{ id: 't1' }] } };
	expect((await run(all('thread'), body)).error?.message).toMatch(/without the requested list/);
});

describe('a reply', () => {
	const reply = { resource: 'email', operation: 'reply', threadId: id, replyHtml: '<p>Yes</p>' };
	const messages = [
		{ id: 'm1', direction: 'INBOUND', from_email: 'ann@example.com', created_at: '2026-05-01' },
		{ id: 'm2', direction: 'Inbound', from_email: 'me@example.com', created_at: '2026-05-02' },
		{ id: 'm3', direction: 'OUTBOUND', sender_email: 'x@example.com', created_at: '2026-05-03' },
	];
	const own = { authenticated_user: { email: 'me@example.com' } };

	test.each<[string, unknown, unknown]>([
		['in data', { data: messages }, { data: own }],
		['in data under their names', { data: { messages } }, { data: { capabilities: own } }],
		['at the root', { thread: THREAD, messages }, { capabilities: own }],
	])('finds its recipient and our own addresses %s', async (_name, page, capabilities) => {
		const sent: IDataObject[] = [];
		server.answer = ({ method, url, body }, response) => {
			if (method === 'POST') {
				sent.push(JSON.parse(body) as IDataObject);
				return json(response, 200, { data: { id: 'e1' } });
			}
			return json(response, 200, url.startsWith('/email/capabilities') ? capabilities : page);
		};
		const outcome = await runNode({
			parameters: reply,
			credential: { apiKey: `tp_live_${'r'.repeat(20)}${runs++}`, baseUrl: server.url },
		});
		expect(outcome.error).toBeUndefined();
		expect(sent).toMatchObject([{ to_email: 'ann@example.com' }]);
	});
});

describe('an email', () => {
	const send = () => ({
		resource: 'email',
		operation: 'send',
		toEmail: `wrapped-${runs}@example.com`,
		subject: 'Hello',
		htmlBody: '<p>Hello</p>',
	});

	test.each<[string, unknown, number, IDataObject]>([
		[
			'suppressed',
			{ data: { email: { status: 'suppressed', reason: 'opted out' } } },
			200,
			{
				outcome: 'suppressed',
				reason: 'opted out',
			},
		],
		['blocked', { log: { id: 'l1', status: 'blocked' } }, 200, { outcome: 'suppressed' }],
		[
			'queued',
			{ data: { approval: { id: 'a1', status: 'pending' } } },
			202,
			{
				outcome: 'queuedForApproval',
				approval_id: 'a1',
			},
		],
		[
			'queued by its body',
			{ approval: { id: 'a1', status: 'PENDING' } },
			200,
			{
				outcome: 'queuedForApproval',
				approval_id: 'a1',
			},
		],
		['sent', { data: { email: { id: 'e1', status: 'sent' } } }, 200, { outcome: 'sent' }],
		[
			'approved',
			{ data: { approval: { id: 'a1', status: 'executed' } } },
			200,
			{
				outcome: 'sent',
			},
		],
	])('under a name of its own: %s', async (_name, body, status, row) => {
		const outcome = await run(send(), body, status);
		expect(rows(outcome.items)).toMatchObject([row]);
	});

	test('under a name of its own: failed', async () => {
		const body = { data: { message: { status: 'failed', reason: 'No mailbox' } } };
		expect((await run(send(), body)).error?.message).toBe('No mailbox');
	});
});
