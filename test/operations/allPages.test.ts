import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import type { Outcome } from '../engine/engine';

const bench = useSandbox();
const ids = (outcome: Outcome) => outcome.items.map(({ json }) => json.id);
const queries = async () => (await bench.requests()).map(({ query }) => query);
const LIST = { resource: 'thread', operation: 'getAll' };

/** The thread list of a workspace with 260 threads and more, as the API orders it. */
async function manyThreads(n = 235): Promise<string[]> {
	await bench.control.addThreads(n);
	return (await bench.control.snapshot()).threads.map(({ id }) => id);
}

describe('Limit', () => {
	const LIMITS = [1, 49, 50, 99, 100, 101, 120, 200, 250];
	const PAGES = [null, 50, 7];

	test.each(PAGES.flatMap((pageSize) => LIMITS.map((limit) => ({ limit, pageSize }))))(
		'$limit over pages of $pageSize gives exactly the first $limit',
		async ({ limit, pageSize }) => {
			const all = await manyThreads();
			await bench.control.set({ pageSize });
			const outcome = await bench.run({ ...LIST, limit });
			expect(ids(outcome)).toEqual(all.slice(0, limit));

			const asked = await queries();
			const size = pageSize ?? 100;
			expect(asked).toHaveLength(Math.ceil(limit / size));
			// Never more than is still wanted, never more than the API gives.
			expect(asked.map(({ limit: wanted }) => Number(wanted))).toEqual(
				asked.map((_, page) => Math.min(100, limit - page * size)),
			);
		},
	);

	test('more than there are gives all there are', async () => {
		const all = await manyThreads(10);
		expect(ids(await bench.run({ ...LIST, limit: 5_000 }))).toEqual(all);
	});
});

describe('Return All', () => {
	test.each([null, 50])('over pages of %s gives every row once, in order', async (pageSize) => {
		const all = await manyThreads();
		await bench.control.set({ pageSize });
		// A Limit that is hidden by Return All counts for nothing.
		const outcome = await bench.run({ ...LIST, returnAll: true, limit: 3 });
		expect(ids(outcome)).toEqual(all);
		expect(await queries()).toHaveLength(Math.ceil(all.length / (pageSize ?? 100)));
	});

	test('an exactly full last page needs no further request', async () => {
		await manyThreads(200 - bench.seed.threads.length);
		const outcome = await bench.run({ ...LIST, returnAll: true });
		expect(outcome.items).toHaveLength(200);
		expect(await queries()).toHaveLength(2);
	});

	test('no row at all gives no item', async () => {
		const outcome = await bench.run({
			...LIST,
			returnAll: true,
			filters: { search: 'no such subject' },
		});
		expect(outcome.status).toBe('success');
		expect(outcome.items).toEqual([]);
	});

	test('a server that answers everything without paging is taken at its word', async () => {
		await bench.control.set({ configPaging: false });
		const outcome = await bench.run({ resource: 'config', operation: 'getAll', returnAll: true });
		expect(ids(outcome)).toEqual(bench.seed.configs.map(({ id }) => id));
	});
});

describe("n8n's ceiling of 100,000 rows for one item", () => {
	const rowsOf = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `row-${i}` }));

	test.each([
		[100_000, undefined],
		[100_001, 'There are more than 100,000 results'],
	])('%d rows', async (n, error) => {
		await bench.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: rowsOf(n), pagination: { has_more: false, next_cursor: null } },
		});
		const outcome = await bench.run({ ...LIST, returnAll: true, outputFields: 'id' });
		if (error) expect(outcome.error?.message).toContain(error);
		else expect(outcome.items).toHaveLength(n);
	});
});

describe('filters', () => {
	const FILTERS: Array<{ name: string; filters: IDataObject; sent: IDataObject }> = [
		{ name: 'one', filters: { isRead: false }, sent: { is_read: 'false' } },
		{
			name: 'several',
			filters: { isRead: false, direction: 'inbound', search: 'e', isAutomated: false },
			sent: { is_read: 'false', direction: 'inbound', search: 'e', is_automated: 'false' },
		},
	];

	test.each(FILTERS)('$name: on every page, beside the cursor', async ({ filters, sent }) => {
		await manyThreads();
		await bench.control.set({ pageSize: 20 });
		await bench.run({ ...LIST, limit: 120, filters });
		const asked = await queries();
		expect(asked.length).toBeGreaterThanOrEqual(3);
		asked.forEach(({ limit, after, cursor, ...rest }, page) => {
			expect(rest).toEqual(sent);
			expect(Number(limit)).toBeGreaterThan(0);
			expect(after === undefined).toBe(page === 0);
			expect(cursor).toEqual(after);
		});
	});
});

describe('the cursor, whose name the documents contradict', () => {
	test.each(['after', 'cursor', 'both'] as const)(
		'a server that honours %s',
		async (cursorStyle) => {
			const all = await manyThreads();
			await bench.control.set({ cursorStyle });
			expect(ids(await bench.run({ ...LIST, returnAll: true }))).toEqual(all);
		},
	);

	test('a server that honours none: an error instead of a loop or the same rows again', async () => {
		await manyThreads();
		await bench.control.set({ cursorStyle: 'ignored' });
		const outcome = await bench.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toBe('TrustPager repeats the same page instead of the next one');
		expect(outcome.error?.description).toContain('up to 100 results');
		expect(await queries()).toHaveLength(2);
	});

	test('a server that honours none does not matter while one page is enough', async () => {
		await manyThreads();
		await bench.control.set({ cursorStyle: 'ignored' });
		const outcome = await bench.run({ ...LIST, limit: 100 });
		expect(outcome.items).toHaveLength(100);
	});

	test('the same cursor handed out again', async () => {
		await manyThreads();
		await bench.control.duplicateCursor(50);
		const outcome = await bench.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toBe('TrustPager repeats the same page instead of the next one');
		expect((await queries()).length).toBeLessThanOrEqual(3);
	});

	test('more rows but no cursor: says so instead of passing a part off as the whole', async () => {
		await bench.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: [{ id: 'a' }], pagination: { has_more: true, next_cursor: null } },
		});
		const outcome = await bench.run({ ...LIST, returnAll: true });
		expect(outcome.error?.message).toContain('more than these 1 results');
		expect(outcome.items).toEqual([]);
	});

	test('has_more without being true ends the list, whatever the cursor says', async () => {
		await bench.control.addFault({
			path: '/email/threads',
			kind: 'body',
			body: { data: [{ id: 'a' }], pagination: { has_more: false, next_cursor: 'a' } },
		});
		expect(ids(await bench.run({ ...LIST, returnAll: true }))).toEqual(['a']);
		expect(await queries()).toHaveLength(1);
	});

	test('a page in the middle fails: an error, no half list', async () => {
		await manyThreads();
		await bench.control.addFault({ path: '/email/threads', skip: 1, kind: 'status', status: 400 });
		const outcome = await bench.run({ ...LIST, returnAll: true });
		expect(outcome.error?.httpCode).toBe('400');
		expect(outcome.items).toEqual([]);
	});

	test('a page in the middle is lost once: read again, nothing missing, nothing twice', async () => {
		const all = await manyThreads();
		await bench.control.addFault({ path: '/email/threads', skip: 1, kind: 'resetMidBody' });
		expect(ids(await bench.run({ ...LIST, returnAll: true }))).toEqual(all);
	});
});

describe('mail that arrives while the pages are read', () => {
	test.each(['new', 'unseen'] as const)('%s: no thread twice', async (into) => {
		const before = await manyThreads();
		await bench.control.shiftPagesBy(5, into);
		const outcome = await bench.run({ ...LIST, returnAll: true });
		const got = ids(outcome);
		expect(new Set(got).size).toBe(got.length);
		// Those that jump to the top, where this reader has been already, are seen at the next run.
		const missed = before.filter((id) => !got.includes(id));
		expect(missed).toHaveLength(into === 'new' ? 0 : 5);
	});

	test('Limit is filled up with rows of the next page', async () => {
		await manyThreads();
		await bench.control.shiftPagesBy(5, 'new');
		const outcome = await bench.run({ ...LIST, limit: 150 });
		expect(new Set(ids(outcome)).size).toBe(150);
	});
});

describe('lists of other kinds', () => {
	test("approvals carry their paging in 'meta'", async () => {
		await bench.control.set({ pageSize: 2 });
		const outcome = await bench.run({
			resource: 'approval',
			operation: 'getAll',
			returnAll: true,
			filters: { status: 'all' },
		});
		expect(ids(outcome)).toEqual(bench.seed.approvals.map(({ id }) => id));
		expect((await queries()).map(({ status }) => status)).toEqual(['all', 'all', 'all']);
	});

	test('logs follow the cursor of their answer', async () => {
		await bench.control.set({ pageSize: 10 });
		const outcome = await bench.run({ resource: 'log', operation: 'getAll', returnAll: true });
		expect(ids(outcome)).toEqual(bench.seed.logs.map(({ id }) => id));
	});

	const longest = () =>
		bench.seed.threads.reduce((a, b) => (b.message_count > a.message_count ? b : a));
	const messages = (direction?: string) =>
		bench.seed.messages
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
		'messages, direction $direction, limit $limit, all $returnAll',
		async ({ direction, returnAll, limit, requests }) => {
			const outcome = await bench.run({
				resource: 'thread',
				operation: 'getMessages',
				threadId: byId(longest().id),
				returnAll,
				limit,
				filters: direction ? { direction } : {},
			});
			const wanted = messages(direction);
			expect(ids(outcome)).toEqual(returnAll ? wanted : wanted.slice(0, limit));
			const asked = await queries();
			expect(asked).toHaveLength(requests);
			expect(asked.every((query) => !('direction' in query))).toBe(true);
		},
	);
});

test('three input items: each has its own rows, linked to it, in order', async () => {
	const all = await manyThreads();
	const limits = [120, 1, 101];
	const outcome = await bench.run(
		{ ...LIST, limit: '={{ $json.limit }}' },
		{ items: limits.map((limit) => ({ json: { limit } })) },
	);
	expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
		limits.flatMap((limit, item) => Array.from({ length: limit }, () => ({ item }))),
	);
	expect(ids(outcome)).toEqual(limits.flatMap((limit) => all.slice(0, limit)));
});
