/** What servers of different generations do not do: sort a list, mark all threads as read. */
import type { IDataObject } from 'n8n-workflow';

import { rows } from '../engine/engine';
import { openListSearch } from '../engine/listSearch';
import { useFaultFixture } from '../faults/faultFixture';
import type { ReceivedRequest, RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

const fixture = useFaultFixture();
let raw: RawServer;
let key = 0;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());
beforeEach(() => {
	raw.received.length = 0;
	key++;
});

// A key of its own for each test: what is remembered of a server is remembered by workspace.
const credential = () => fixture.credential({ baseUrl: raw.url, apiKey: `lists-${key}` });
const lines = () => raw.received.map(({ method, url }) => `${method} ${url}`);
const run = async (parameters: IDataObject) =>
	await fixture.run({ resource: 'thread', ...parameters }, { credential: credential() });

const refusal = (message: string, code = 'VALIDATION_ERROR') => ({ error: { code, message } });
const page = (data: IDataObject[], next?: string) => ({
	data,
	pagination: { has_more: next !== undefined, next_cursor: next ?? null },
});

const SORTED = 'sort=last_message_at&order=desc';

describe('a list whose order is not documented', () => {
	const answer =
		(status: number) =>
		({ url }: ReceivedRequest, response: Parameters<typeof json>[0]) => {
			if (url.includes('sort=')) json(response, status, refusal('sort is not allowed'));
			else json(response, 200, page([{ id: 't1' }]));
		};

	test.each([400, 422])(
		'is asked for without an order where %d refuses it, and from then on',
		async (status) => {
			raw.answer = answer(status);
			for (let time = 0; time < 2; time++) {
				expect((await run({ operation: 'getAll' })).items).toHaveLength(1);
			}
			expect(lines()).toEqual([
				`GET /email/threads?limit=50&${SORTED}`,
				'GET /email/threads?limit=50',
				'GET /email/threads?limit=50',
			]);
		},
	);

	test('is remembered for pickers, too, and for this workspace only', async () => {
		raw.answer = answer(400);
		await run({ operation: 'getAll' });
		const picker = openListSearch('searchThreads', credential(), {});
		expect((await picker()).results).toHaveLength(1);
		expect(lines()).toHaveLength(3);
		key++;
		await run({ operation: 'getAll' });
		expect(lines()).toHaveLength(5);
	});

	test('a request that is refused for another reason shows that reason, and is not remembered', async () => {
		raw.answer = ({ url }, response) =>
			url.includes('contact_id')
				? json(response, 400, refusal(url.includes('sort') ? 'sorted' : 'plain'))
				: json(response, 200, page([]));
		const contactId = { __rl: true, mode: 'id', value: '3e2d1c0b-9a8f-4e7d-b6c5-a4938271605f' };
		const outcome = await run({ operation: 'getAll', filters: { contactId } });
		expect(outcome.error?.message).toBe('plain');
		await run({ operation: 'getAll' });
		expect(lines().filter((line) => line.includes('sort='))).toHaveLength(2);
	});

	test('a later page that is refused is not asked for again in another order', async () => {
		raw.answer = ({ url }, response) =>
			url.includes('after=')
				? json(response, 400, refusal('The cursor has expired'))
				: json(response, 200, page([{ id: 't1' }], 'c1'));
		const outcome = await run({ operation: 'getAll', returnAll: true });
		expect(outcome.error?.message).toBe('The cursor has expired');
		expect(lines()).toHaveLength(2);
	});

	test.each([401, 403, 404])('%d is no word on the order', async (status) => {
		raw.answer = (_request, response) => json(response, status, refusal('No.', 'NO'));
		expect((await run({ operation: 'getAll' })).error?.message).toBe('No.');
		expect(lines()).toHaveLength(1);
	});
});

describe('Mark as Read, all unread threads, on a server that takes IDs only', () => {
	const ALL = { operation: 'markRead', target: 'allUnread' };
	/** Which IDs were marked, request by request. */
	const marked = () =>
		raw.received
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (JSON.parse(body) as { thread_ids?: string[] }).thread_ids);

	function serve(threads: IDataObject[], status = 400): void {
		raw.answer = ({ method, url, body }, response) => {
			if (method === 'GET') {
				const after = Number(new URL(url, 'http://x').searchParams.get('after') ?? 0);
				const next = after + 100 < threads.length ? String(after + 100) : undefined;
				return json(response, 200, page(threads.slice(after, after + 100), next));
			}
			const { thread_ids: ids } = JSON.parse(body) as { thread_ids?: string[] };
			return ids === undefined
				? json(response, status, refusal('thread_ids is required', 'MISSING_FIELDS'))
				: json(response, 200, { data: { success: true, updated: ids.length } });
		};
	}

	test.each([400, 422])(
		'%d: marks the unread ones, and leaves the read ones alone',
		async (status) => {
			const threads = Array.from({ length: 330 }, (_, n) => ({
				id: `t${n}`,
				is_read: n % 3 === 0,
			}));
			serve(threads, status);
			const outcome = await run(ALL);
			const unread = threads.filter(({ is_read }) => !is_read).map(({ id }) => id);
			expect(rows(outcome.items)).toEqual([{ success: true, updated: 220, requested: 220 }]);
			expect(marked()).toEqual([
				undefined,
				unread.slice(0, 100),
				unread.slice(100, 200),
				unread.slice(200),
			]);
			const [, first] = raw.received;
			expect(first.url).toContain('is_read=false&unread=true');
		},
	);

	test('believes a server whose rows do not show their read state', async () => {
		serve([{ id: 'a' }, { id: 'b', unread: false }, { id: 'c', unread: true }]);
		await run(ALL);
		expect(marked()).toEqual([undefined, ['a', 'c']]);
	});

	test('nothing is unread', async () => {
		serve([{ id: 'a', is_read: true }]);
		const outcome = await run(ALL);
		expect(rows(outcome.items)).toEqual([{ success: true, updated: 0, requested: 0 }]);
		expect(marked()).toEqual([undefined]);
	});

	test.each([401, 403, 409])('%d is an error as ever', async (status) => {
		serve([{ id: 'a' }], status);
		const outcome = await run(ALL);
		expect(outcome.error?.message).toBe('thread_ids is required');
		expect(raw.received).toHaveLength(1);
	});
});
