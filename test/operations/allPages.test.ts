import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import type { Outcome } from '../engine/engine';

const fixture = useSandbox();
const ids = (outcome: Outcome) => outcome.items.map(({ json }) => json.id);
const queries = async () => (await fixture.requests()).map(({ query }) => query);
const LIST = { resource: 'thread', operation: 'getAll' };

/** Adds `n` threads. @returns the IDs of all threads, in the order of the API */
async function manyThreads(n = 235): Promise<string[]> {
	await fixture.control.addThreads(n);
	return (await fixture.control.snapshot()).threads.map(({ id }) => id);
}

describe('Limit', () => {
	const LIMITS = [1, 49, 50, 99, 100, 101, 120, 200, 250];
	const PAGES = [null, 50, 7];

	test.each(PAGES.flatMap((pageSize) => LIMITS.map((limit) => ({ limit, pageSize }))))(
		'$limit with pages of $pageSize gives exactly the first $limit rows',
		async ({ limit, pageSize }) => {
			const all = await manyThreads();
			await fixture.control.set({ pageSize });
			const outcome = await fixture.run({ ...LIST, limit });
			expect(ids(outcome)).toEqual(all.slice(0, limit));

			const sent = await queries();
			const size = pageSize ?? 100;
			expect(sent).toHaveLength(Math.ceil(limit / size));
			// Never more than is still needed, never more than the API allows.
			expect(sent.map(({ limit: requested }) => Number(requested))).toEqual(
				sent.map((_, page) => Math.min(100, limit - page * size)),
			);
		},
	);

	test('that exceeds the number of rows gives all rows', async () => {
		const all = await manyThreads(10);
		expect(ids(await fixture.run({ ...LIST, limit: 5_000 }))).toEqual(all);
	});
});

describe('Return All', () => {
	test.each([null, 50])('with pages of %s gives every row once, in order', async (pageSize) => {
		const all = await manyThreads();
		await fixture.control.set({ pageSize });
		// Return All hides Limit, whose value must have no effect.
		const outcome = await fixture.run({ ...LIST, returnAll: true, limit: 3 });
		expect(ids(outcome)).toEqual(all);
		expect(await queries()).toHaveLength(Math.ceil(all.length / (pageSize ?? 100)));
	});

	test('needs no further request after a full last page', async () => {
		await manyThreads(200 - fixture.seed.threads.length);
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		expect(outcome.items).toHaveLength(200);
		expect(await queries()).toHaveLength(2);
	});

	test('gives no item when there is no row', async () => {
		const outcome = await fixture.run({
			...LIST,
			returnAll: true,
			filters: { search: 'no such subject' },
		});
		expect(outcome.status).toBe('success');
		expect(outcome.items).toEqual([]);
	});

	test('accepts an answer without paging as complete', async () => {
		await fixture.control.set({ configPaging: false });
		const outcome = await fixture.run({ resource: 'config', operation: 'getAll', returnAll: true });
		expect(ids(outcome)).toEqual(fixture.seed.configs.map(({ id }) => id));
	});
});

describe("n8n's limit of 100,000 rows per item", () => {
	const rowsOf = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `row-${i}` }));

	test.each([
		[100_000, undefined],
		[100_001, 'There are more than 100,000 results'],
	])('%d rows', async (n, error) => {
		await fixture.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: rowsOf(n), pagination: { has_more: false, next_cursor: null } },
		});
		const outcome = await fixture.run({ ...LIST, returnAll: true, outputFields: 'id' });
		if (error) expect(outcome.error?.message).toContain(error);
		else expect(outcome.items).toHaveLength(n);
	});
});

describe('filters', () => {
	const FILTERS: Array<{ name: string; filters: IDataObject; sent: IDataObject }> = [
		{ name: 'one', filters: { isRead: false }, sent: { is_read: 'false', unread: 'true' } },
		{
			name: 'several',
			filters: { isRead: false, direction: 'inbound', search: 'e', isAutomated: false },
			sent: {
				is_read: 'false',
				unread: 'true',
				direction: 'inbound',
				search: 'e',
				is_automated: 'false',
			},
		},
	];

	test.each(FILTERS)(
		'$name: sent with every page request, together with the cursor',
		async ({ filters, sent }) => {
			await manyThreads();
			await fixture.control.set({ pageSize: 20 });
			await fixture.run({ ...LIST, limit: 120, filters });
			const sentQueries = await queries();
			expect(sentQueries.length).toBeGreaterThanOrEqual(3);
			sentQueries.forEach(({ limit, after, cursor, ...rest }, page) => {
				expect(rest).toEqual({ ...sent, sort: 'last_message_at', order: 'desc' });
				expect(Number(limit)).toBeGreaterThan(0);
				expect(after === undefined).toBe(page === 0);
				expect(cursor).toEqual(after);
			});
		},
	);
});

describe('the cursor, whose parameter name the documentation contradicts', () => {
	test.each(['after', 'cursor', 'both'] as const)(
		'a server that honors %s',
		async (cursorStyle) => {
			const all = await manyThreads();
			await fixture.control.set({ cursorStyle });
			expect(ids(await fixture.run({ ...LIST, returnAll: true }))).toEqual(all);
		},
	);

	test('a server that honors neither: an error instead of a loop or duplicate rows', async () => {
		await manyThreads();
		await fixture.control.set({ cursorStyle: 'ignored' });
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toBe('TrustPager repeats the same page instead of the next one');
		expect(outcome.error?.description).toContain('up to 100 results');
		expect(await queries()).toHaveLength(2);
	});

	test('a server that honors neither does not matter when one page is enough', async () => {
		await manyThreads();
		await fixture.control.set({ cursorStyle: 'ignored' });
		const outcome = await fixture.run({ ...LIST, limit: 100 });
		expect(outcome.items).toHaveLength(100);
	});

	test('a repeated cursor is an error', async () => {
		await manyThreads();
		await fixture.control.duplicateCursor(50);
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toBe('TrustPager repeats the same page instead of the next one');
		expect((await queries()).length).toBeLessThanOrEqual(3);
	});

	test('more rows but no cursor: a partial list is never returned as complete', async () => {
		await fixture.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: [{ id: 'a' }], pagination: { has_more: true, next_cursor: null } },
		});
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toContain('more than these 1 results');
		expect(outcome.items).toEqual([]);
	});

	test('a false has_more ends the list, even with a cursor', async () => {
		await fixture.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: [{ id: 'a' }], pagination: { has_more: false, next_cursor: 'a' } },
		});
		expect(ids(await fixture.run({ ...LIST, returnAll: true }))).toEqual(['a']);
		expect(await queries()).toHaveLength(1);
	});

	test('a failing page in the middle is an error, and no partial list is output', async () => {
		await manyThreads();
		await fixture.control.addFault({
			path: '/email/threads',
			skip: 1,
			kind: 'status',
			status: 400,
		});
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		expect(outcome.error?.httpCode).toBe('400');
		expect(outcome.items).toEqual([]);
	});

	test('a page that is lost once is read again, without gaps or duplicates', async () => {
		const all = await manyThreads();
		await fixture.control.addFault({ path: '/email/threads', skip: 1, kind: 'resetMidBody' });
		expect(ids(await fixture.run({ ...LIST, returnAll: true }))).toEqual(all);
	});
});

describe('emails that arrive while pages are read', () => {
	test.each(['new', 'unseen'] as const)('%s: no duplicate threads', async (into) => {
		const before = await manyThreads();
		await fixture.control.shiftPagesBy(5, into);
		const outcome = await fixture.run({ ...LIST, returnAll: true });
		const received = ids(outcome);
		expect(new Set(received).size).toBe(received.length);
		// Threads that move to the first page after it was read are missed until the next run.
		const missed = before.filter((id) => !received.includes(id));
		expect(missed).toHaveLength(into === 'new' ? 0 : 5);
	});

	test('Limit is filled with rows of the next page', async () => {
		await manyThreads();
		await fixture.control.shiftPagesBy(5, 'new');
		const outcome = await fixture.run({ ...LIST, limit: 150 });
		expect(new Set(ids(outcome)).size).toBe(150);
	});
});

describe('other lists', () => {
	test("approvals have their paging in 'meta'", async () => {
		await fixture.control.set({ pageSize: 2 });
		const outcome = await fixture.run({
			resource: 'approval',
			operation: 'getAll',
			returnAll: true,
			filters: { status: 'all' },
		});
		expect(ids(outcome)).toEqual(fixture.seed.approvals.map(({ id }) => id));
		expect((await queries()).map(({ status }) => status)).toEqual(['all', 'all', 'all']);
	});

	test('logs follow the cursor of each answer', async () => {
		await fixture.control.set({ pageSize: 10 });
		const outcome = await fixture.run({ resource: 'log', operation: 'getAll', returnAll: true });
		expect(ids(outcome)).toEqual(fixture.seed.logs.map(({ id }) => id));
	});

	const longest = () =>
		fixture.seed.threads.reduce((a, b) => (b.message_count > a.message_count ? b : a));
	const messages = (direction?: string) =>
		fixture.seed.messages
			.filter((message) => message.thread_id === longest().id)
			.filter((message) => !direction || message.direction === direction)
			.map(({ id }) => id);

	test.each([
		{ direction: undefined, returnAll: true, limit: 50, requests: 3 },
		{ direction: 'inbound', returnAll: true, limit: 50, requests: 3 },
		{ direction: 'outbound', returnAll: false, limit: 30, requests: 2 },
		{ direction: 'outbound', returnAll: false, limit: 25, requests: 1 },
		{ direction: undefined, returnAll: false, limit: 230, requests: 3 },
	])(
		'messages: direction $direction, limit $limit, return all $returnAll',
		async ({ direction, returnAll, limit, requests }) => {
			const outcome = await fixture.run({
				resource: 'thread',
				operation: 'getMessages',
				threadId: byId(longest().id),
				returnAll,
				limit,
				filters: direction ? { direction } : {},
			});
			const expected = messages(direction);
			expect(ids(outcome)).toEqual(returnAll ? expected : expected.slice(0, limit));
			const sent = await queries();
			expect(sent).toHaveLength(requests);
			expect(sent.every((query) => !('direction' in query))).toBe(true);
		},
	);
});

test('three input items: each has its own rows, paired with it, in order', async () => {
	const all = await manyThreads();
	const limits = [120, 1, 101];
	const outcome = await fixture.run(
		{ ...LIST, limit: '={{ $json.limit }}' },
		{ items: limits.map((limit) => ({ json: { limit } })) },
	);
	expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
		limits.flatMap((limit, item) => Array.from({ length: limit }, () => ({ item }))),
	);
	expect(ids(outcome)).toEqual(limits.flatMap((limit) => all.slice(0, limit)));
});
