/** Log: Get Many by recipient and time, which the API cannot filter by: rows are checked here, over as few pages as it takes. */
import type { IDataObject } from 'n8n-workflow';

import { rows } from '../engine/engine';
import { useFaultFixture } from '../faults/faultFixture';
import type { RawServer } from '../faults/rawServer';
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

const SINCE = '2026-06-03T09:00:00Z';
const iso = (minutes: number) => new Date(Date.parse(SINCE) + minutes * 60_000).toISOString();
const queries = () =>
	raw.received.map(({ url }) => Object.fromEntries(new URL(url, 'http://x').searchParams));

/** Serves rows page by page, whatever is asked for but `sort`. */
function serve(all: IDataObject[], { refusesSort = false, size = 100 } = {}): void {
	raw.answer = ({ url }, response) => {
		const { after = '0', sort } = Object.fromEntries(new URL(url, 'http://x').searchParams);
		if (refusesSort && sort !== undefined) {
			return json(response, 400, { error: { code: 'VALIDATION_ERROR', message: 'sort?' } });
		}
		const end = Number(after) + size;
		const pagination = { has_more: end < all.length, next_cursor: String(end) };
		json(response, 200, { data: all.slice(Number(after), end), pagination });
	};
}

async function list(filters: IDataObject, more: IDataObject = {}) {
	const parameters = { resource: 'log', operation: 'getAll', simplify: false, returnAll: true };
	return await fixture.run(
		{ ...parameters, filters, ...more },
		{ credential: fixture.credential({ baseUrl: raw.url, apiKey: `logs-${key}` }) },
	);
}

const named = (all: IDataObject[]) => all.map((row, n) => ({ id: `r${n}`, ...row }));
const idsOf = (outcome: Awaited<ReturnType<typeof list>>) =>
	rows(outcome.items).map(({ id }) => id);

describe('Recipient Email', () => {
	const ANN = [
		'ann@example.com',
		'ANN@Example.com',
		'Ann Lee <ann@example.com>',
		'"Lee, Ann" <Ann@example.com>',
		'bob@example.com, ann@example.com',
		'Undisclosed; Ann Lee <ann@example.com>',
	];
	const OTHERS = [
		'joann@example.com',
		'Undisclosed; joann@example.com',
		'ann@example.com.au',
		'"ann@example.com" <bob@example.com>',
		'',
		null,
		undefined,
	];

	test.each(['ann@example.com', ' Ann@EXAMPLE.com ', 'Ann Lee <ann@example.com>'])(
		'%s finds her in each form, sends nothing of it, and blames nobody',
		async (recipient) => {
			serve(named([...OTHERS, ...ANN].map((recipient_email) => ({ recipient_email }))));
			const outcome = await list({ recipient });
			expect(idsOf(outcome)).toEqual(ANN.map((_, n) => `r${OTHERS.length + n}`));
			expect(queries()).toEqual([{ limit: '100' }]);
			expect(outcome.hints).toEqual([]);
		},
	);

	test('goes over as many pages as the limit takes, and no more', async () => {
		const all = Array.from({ length: 900 }, (_, n) => ({
			recipient_email: n % 150 === 149 ? 'ann@example.com' : 'bob@example.com',
		}));
		serve(named(all));
		const outcome = await list({ recipient: 'ann@example.com' }, { returnAll: false, limit: 2 });
		expect(idsOf(outcome)).toEqual(['r149', 'r299']);
		expect(queries().map(({ limit }) => limit)).toEqual(['100', '100', '100']);
	});

	test('beside a filter that the server ignores: only that one is blamed', async () => {
		serve(
			named([
				{ recipient_email: 'ann@example.com', status: 'sent' },
				{ recipient_email: 'ann@example.com', status: 'blocked' },
				{ recipient_email: 'bob@example.com', status: 'blocked' },
			]),
		);
		const outcome = await list({ recipient: 'ann@example.com', status: 'blocked' });
		expect(idsOf(outcome)).toEqual(['r1']);
		expect(outcome.hints).toEqual([
			"TrustPager ignored the filter 'Status'; 1 row that does not match was left out.",
		]);
	});

	test.each(['ann@example..com', 'ann@example.com, bob@example.com', 'Ann'])(
		'%s is refused by name',
		async (recipient) => {
			const outcome = await list({ recipient });
			expect(outcome.error?.message).toMatch(/^'Recipient Email' .*\[item 0\]$/);
			expect(raw.received).toEqual([]);
		},
	);
});

describe('Since', () => {
	const newestFirst = Array.from({ length: 1_000 }, (_, n) => ({ created_at: iso(150 - n) }));
	const wanted = newestFirst.slice(0, 151).map(({ created_at }) => created_at);
	const timesOf = (outcome: Awaited<ReturnType<typeof list>>) =>
		rows(outcome.items)
			.map(({ created_at }) => String(created_at))
			.sort()
			.reverse();

	test.each([false, true])(
		'reads a list that is newest first no further than it takes (refuses to sort: %s)',
		async (refusesSort) => {
			serve(named(newestFirst), { refusesSort });
			const outcome = await list({ since: SINCE });
			expect(timesOf(outcome)).toEqual(wanted);
			expect(outcome.hints).toEqual([]);
			const pages = queries().slice(refusesSort ? 1 : 0);
			expect(pages).toHaveLength(2);
			const order = refusesSort ? {} : { sort: 'created_at', order: 'desc' };
			expect(pages[0]).toEqual({ limit: '100', ...order });
		},
	);

	test.each<[string, IDataObject[]]>([
		['oldest first', [...newestFirst].reverse()],
		['shuffled', newestFirst.map((_, n) => newestFirst[(n * 387) % 1_000])],
		['newest first but for its last row', [...newestFirst.slice(1), newestFirst[0]].reverse()],
	])('reads a list that is %s to its end', async (_name, all) => {
		serve(named(all));
		expect(timesOf(await list({ since: SINCE }))).toEqual(wanted);
		expect(queries()).toHaveLength(10);
	});

	test('keeps rows of its own second, and rows without a readable time', async () => {
		const created = ['2026-06-03T08:59:59Z', '2026-06-03T09:00:00Z', null, 'soon'];
		serve(named([...created.map((created_at) => ({ created_at })), {}]));
		const outcome = await list({ since: '2026-06-03T09:00:00.750Z' });
		expect(idsOf(outcome)).toEqual(['r1', 'r2', 'r3', 'r4']);
	});

	test.each([
		['a time in the future', '2099-06-03T09:00:00Z', []],
		['a time before all mail', '1990-01-01', ['r0', 'r1']],
		['an expression of luxon', '={{ DateTime.fromISO("2026-06-03T09:01:00Z") }}', ['r1']],
		['the milliseconds since 1970', Date.parse(SINCE), ['r0', 'r1']],
	])('takes %s', async (_name, since, ids) => {
		serve(named([{ created_at: iso(0) }, { created_at: iso(1) }]));
		expect(idsOf(await list({ since }))).toEqual(ids);
	});

	test("reads a time without a zone as one of the workflow's", async () => {
		serve(named([{ created_at: '2026-06-03T12:59:59Z' }, { created_at: '2026-06-03T13:00:00Z' }]));
		// The workflows of these tests are in New York's time, n8n's default.
		expect(idsOf(await list({ since: '2026-06-03T09:00:00' }))).toEqual(['r1']);
	});

	test.each(['yesterday', '03/06/2026', '={{ $json.nothing }}', true])(
		'%s is refused by name',
		async (since) => {
			const outcome = await list({ since });
			expect(outcome.error?.message).toMatch(/^'Since' .*\[item 0\]$/);
			expect(raw.received).toEqual([]);
		},
	);
});
