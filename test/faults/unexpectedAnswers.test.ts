/**
 * Undocumented answers, through n8n's real engine: no crash, no hang, no wrong output, and always either n8n's own kinds
 * of error or well-formed items. fast-check prints the seed of a failing run.
 */
import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { runNode } from '../engine/engine';
import { anyAnswer } from '../transport/answers';
import type { RawServer } from './rawServer';
import { json, startRawServer } from './rawServer';

let server: RawServer;
let runs = 0;

beforeAll(async () => {
	Object.assign(timing, { backoffBaseMs: 0, maxRetryMs: 40 });
	timing.logSearchDelaysMs = [0];
	server = await startRawServer();
});
afterAll(async () => await server.close());
beforeEach(() => (server.received.length = 0));

const id = { __rl: true, mode: 'id', value: '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f' };
const credential = () =>
	({
		apiKey: `tp_live_${'k'.repeat(20)}${runs++}`,
		baseUrl: server.url,
		requestsPerMinute: 100_000,
	}) as unknown as Record<string, string>;

const OPERATIONS: Record<string, () => IDataObject> = {
	list: () => ({ resource: 'thread', operation: 'getAll', returnAll: true, simplify: false }),
	simplified: () => ({ resource: 'thread', operation: 'getAll', limit: 150, simplify: true }),
	messages: () => ({ resource: 'thread', operation: 'getMessages', threadId: id, limit: 20 }),
	one: () => ({ resource: 'thread', operation: 'get', threadId: id }),
	update: () => ({
		resource: 'thread',
		operation: 'update',
		threadId: id,
		updateFields: { isRead: true },
	}),
	markRead: () => ({ resource: 'thread', operation: 'markRead', threadIds: id.value }),
	send: () => ({
		resource: 'email',
		operation: 'send',
		toEmail: `fuzz-${runs}@example.com`,
		subject: 'Hello',
		htmlBody: '<p>Hello</p>',
	}),
	reply: () => ({ resource: 'email', operation: 'reply', threadId: id, replyHtml: '<p>Yes</p>' }),
	approve: () => ({ resource: 'approval', operation: 'approve', approvalId: id }),
	remove: () => ({ resource: 'config', operation: 'delete', configId: id }),
};

const isPlain = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

test('500 random answers', async () => {
	const operation = fc.constantFrom(...Object.keys(OPERATIONS));
	await fc.assert(
		fc.asyncProperty(operation, anyAnswer, fc.boolean(), async (name, answer, stop) => {
			server.answer = (_request, response) => {
				const text = JSON.stringify(answer.body) ?? '';
				const wait = answer.headers['retry-after'];
				const headers =
					typeof wait === 'string' && /^[\x20-\x7e]+$/.test(wait) ? { 'retry-after': wait } : {};
				json(response, answer.status, answer.status === 204 ? '' : text, headers);
			};
			const onError = stop ? 'stopWorkflow' : 'continueErrorOutput';
			const outcome = await runNode({
				parameters: OPERATIONS[name](),
				credential: credential(),
				settings: { onError },
			});
			for (const item of outcome.items) {
				expect(isPlain(item.json)).toBe(true);
				expect(item.json).not.toHaveProperty('error');
				expect(item.pairedItem).toEqual({ item: 0 });
			}
			for (const item of outcome.failed) {
				expect(Object.keys(item.json)).toEqual(['error']);
				expect(typeof item.json.error).toBe('string');
			}
			if (outcome.error) {
				expect(['NodeApiError', 'NodeOperationError']).toContain(outcome.error.name);
				expect(outcome.error.message).not.toBe('');
				expect(outcome.error.message).not.toBe('The operation ended unexpectedly');
			}
			expect(outcome.status).toBe(outcome.error && stop ? 'error' : 'success');
		}),
		{ numRuns: 500 },
	);
}, 300_000);

async function run(name: keyof typeof OPERATIONS) {
	return await runNode({ parameters: OPERATIONS[name](), credential: credential() });
}

test('reads a body of 50 MB, and refuses a list that is too long for n8n with advice', async () => {
	const row = JSON.stringify({ id: 'x', subject: 'y'.repeat(450) });
	const count = 110_000;
	const rows = Array.from({ length: count }, (_, n) => row.replace('"x"', `"${n}"`)).join(',');
	expect(rows.length).toBeGreaterThan(50_000_000);
	server.answer = (_request, response) => json(response, 200, `{"data":[${rows}]}`);
	const outcome = await run('list');
	expect(outcome.error?.message).toMatch(/more than 100,000 results/);
	expect(outcome.error?.description).toMatch(/'Filters'.*\[item 0\]$/);
}, 120_000);

test('truncates an answer nested 100,000 levels deep instead of overflowing the stack', async () => {
	const deep = '['.repeat(100_000) + ']'.repeat(100_000);
	server.answer = (_request, response) => json(response, 200, `{"data":{"id":"1","deep":${deep}}}`);
	const outcome = await runNode({
		parameters: { ...OPERATIONS.one(), simplify: false },
		credential: credential(),
	});
	expect(outcome.error).toBeUndefined();
	expect(JSON.stringify(outcome.items)).toContain('nested too deeply');
});

test('drops a `__proto__` entry', async () => {
	server.answer = (_request, response) =>
		json(response, 200, '{"data":[{"id":"1","__proto__":{"polluted":true},"error":{"a":1}}]}');
	const outcome = await run('list');
	expect(outcome.items.map((item) => item.json)).toEqual([{ id: '1', api_error: { a: 1 } }]);
	expect(({} as IDataObject).polluted).toBeUndefined();
});

test.each([
	['a repeated cursor', () => ({ next: 'same', id: `${server.received.length}` })],
	[
		'the cursor of two pages before',
		() => ({ next: `c${server.received.length % 2}`, id: `${server.received.length}` }),
	],
	['the same page under new cursors', () => ({ next: `c${server.received.length}`, id: 'same' })],
	['endless empty pages', () => ({ next: `c${server.received.length}`, id: undefined })],
])('paging that never ends is reported: %s', async (_name, page) => {
	server.answer = (_request, response) => {
		const { next, id: rowId } = page();
		const data = rowId === undefined ? [] : [{ id: rowId }];
		json(response, 200, { data, pagination: { has_more: true, next_cursor: next } });
	};
	const outcome = await run('list');
	expect(outcome.error?.message).toBe('TrustPager repeats the same page instead of the next one');
	expect(server.received.length).toBeLessThan(15);
});

test('skips a few empty pages', async () => {
	server.answer = (_request, response) => {
		const page = server.received.length;
		const data = page === 1 || page === 5 ? [{ id: `${page}` }] : [];
		json(response, 200, { data, pagination: { has_more: page < 5, next_cursor: `c${page}` } });
	};
	expect((await run('list')).items.map((item) => item.json.id)).toEqual(['1', '5']);
});

test.each([['null'], ['{}'], ['{"data":null}'], ['{"data":{}}'], ['true'], ['']])(
	'%s instead of a list is an error, not "no results"',
	async (body) => {
		server.answer = (_request, response) => json(response, 200, body);
		const outcome = await run('list');
		expect(outcome.error?.message).toBe('TrustPager answered without the requested list');
	},
);

test.each([['null'], ['{}'], ['{"data":null}'], ['{"data":[]}'], ['']])(
	'%s instead of an object is an error, not an empty item',
	async (body) => {
		server.answer = (_request, response) => json(response, 200, body);
		const outcome = await run('one');
		expect(outcome.error?.message).toMatch(/without the requested data/);
	},
);

const THREAD = { id: id.value, subject: 'Hello' };

test.each([
	['data', { data: THREAD }],
	['the root', THREAD],
	['data.thread beside the messages', { data: { thread: THREAD, messages: [{ id: 'm' }] } }],
	['thread at the root', { thread: THREAD, meta: { url: 'x' } }],
	['data, with its messages', { data: { ...THREAD, messages: [{ id: 'm' }], thread: {} } }],
])('a thread in %s', async (_name, body) => {
	server.answer = (_request, response) => json(response, 200, body);
	const outcome = await run('one');
	expect(outcome.items).toMatchObject([{ json: THREAD }]);
	expect(outcome.items[0].json).toHaveProperty('last_message_at', null);
});

test.each([
	['config', 'configId', { id: '1' }],
	['approval', 'approvalId', { id: '1', approval_id: '1' }],
])('one %s under its own name', async (resource, field, item) => {
	server.answer = (_request, response) => json(response, 200, { [resource]: { id: '1' } });
	const outcome = await runNode({
		parameters: { resource, operation: 'get', [field]: id },
		credential: credential(),
	});
	expect(outcome.items.map((item) => item.json)).toEqual([item]);
});

test.each([
	['one', { data: { subject: 'Hello' } }],
	['one', { data: { thread: { id: null } } }],
	['simplified', { data: [THREAD, { subject: 'No ID' }] }],
	['messages', { data: [{ text: 'No ID' }] }],
] as const)(
	'%s: a simplified row without an ID is an error, not a row of nulls',
	async (name, body) => {
		server.answer = (_request, response) => json(response, 200, body);
		const outcome = await run(name);
		expect(outcome.error?.message).toMatch(
			/^'Simplify' cannot be applied: .* without an ID \[item 0\]$/,
		);
		const parameters = { ...OPERATIONS[name](), simplify: false };
		const raw = await runNode({ parameters, credential: credential() });
		expect(raw.error).toBeUndefined();
	},
);
