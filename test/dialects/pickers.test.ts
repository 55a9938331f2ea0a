/** Each picker on a server of each dialect: its entries are the sandbox's own data, each once. */
import type { IDataObject } from 'n8n-workflow';

import { listSearch } from '../../nodes/TrustPager/listSearch';
import { dialects, type Snapshot } from '../../sandbox';
import { openListSearch, type Search } from '../engine/listSearch';
import { chosen, useSandbox, type Records } from '../engine/sandboxFixture';
import { pendingOf } from './operations';

type Entry = [name: string, value: unknown];

interface Truth {
	seed: Snapshot;
	/** As the documents of 2026-05 write them. */
	records: Records;
}

interface PickerCase {
	picker: Search;
	about?: string;
	/** The node's parameters while it is open. */
	parameters?: (truth: Truth) => IDataObject;
	entries: (truth: Truth) => Entry[];
	/** Found in some entries, not in all. */
	filter: string;
	/** What it is a list of, where that has pages. */
	path?: string;
}

const line = (...parts: unknown[]) => parts.filter(Boolean).join(' · ');
const minute = (time: unknown) => String(time).slice(0, 16).replace('T', ' ');
const aliasesOf = (user: IDataObject): Entry[] =>
	(user.send_as_aliases as IDataObject[]).map((alias) => [
		line(alias.displayName, alias.email),
		alias.email,
	]);

const CASES: PickerCase[] = [
	{
		picker: 'searchThreads',
		entries: ({ seed }) =>
			seed.threads.map(({ id, subject, participants, last_message_at }) => [
				line(subject, participants[0].name, minute(last_message_at)),
				id,
			]),
		filter: 'QUOTE',
		path: '/email/threads',
	},
	{
		picker: 'searchContacts',
		entries: ({ records }) =>
			records.contacts.map(({ id, first_name, last_name, email, public_id }) => [
				line([first_name, last_name].filter(Boolean).join(' '), email, public_id),
				id,
			]),
		filter: 'Nora',
		path: '/contacts',
	},
	{
		picker: 'searchDeals',
		entries: ({ records }) =>
			records.deals.map(({ id, name, status, public_id }) => [line(name, status, public_id), id]),
		filter: 'bakery',
		path: '/deals',
	},
	{
		picker: 'searchCustomers',
		entries: ({ records }) =>
			records.customers.map(({ id, name, email, public_id }) => [line(name, email, public_id), id]),
		filter: 'oak',
		path: '/customers',
	},
	{
		picker: 'searchConfigs',
		entries: ({ seed }) =>
			seed.configs.map(({ id, config_name, from_email, is_default }) => [
				line(config_name, from_email, is_default && 'default'),
				id,
			]),
		filter: ' INVOICES ',
		path: '/email/configs',
	},
	{
		picker: 'searchApprovals',
		entries: ({ seed }) =>
			pendingOf(seed).map(({ id, resource, action, request_body, created_at }) => [
				line(
					request_body?.subject,
					request_body?.to_email,
					`${resource}: ${action}`,
					minute(created_at),
				),
				id,
			]),
		filter: 'proof',
		path: '/approvals',
	},
	{
		picker: 'searchScheduledEmails',
		entries: ({ seed }) =>
			seed.scheduled
				.filter(({ channel, status }) => channel === 'email' && status === 'pending')
				.map(({ id, payload, scheduled_for }) => [
					line(payload.subject, payload.to_email, minute(scheduled_for)),
					id,
				]),
		filter: 'trademark',
		path: '/scheduled-communications',
	},
	{
		picker: 'searchSenders',
		entries: ({ records }) =>
			records.users.map(({ user_id, display_name, email }) => [line(display_name, email), user_id]),
		filter: 'leo',
	},
	{
		picker: 'searchAliases',
		about: 'of the company',
		entries: ({ records }) => aliasesOf(records.users[0]),
		filter: 'hello@',
	},
	{
		picker: 'searchAliases',
		about: 'of the selected sender',
		parameters: ({ records }) => ({
			mode: 'personal',
			senderUserId: chosen(records.users[1].user_id as string),
		}),
		entries: ({ records }) => aliasesOf(records.users[1]),
		filter: 'nobody',
	},
];

/** For `test.each`, each with its title. */
const titled = (cases: PickerCase[]) =>
	cases.map((one): [string, PickerCase] => [
		[one.picker, one.about].filter(Boolean).join(' '),
		one,
	]);
const ALL = titled(CASES);
const PAGED = titled(CASES.filter(({ path }) => path !== undefined));

/** Data that does not depend on the dialect, read in the one of the documents. */
const reference = useSandbox('2026-05');
const truth = (): Truth => ({ seed: reference.seed, records: reference.records });

test('no picker is left out', () => {
	const named = new Set(CASES.map(({ picker }) => picker));
	// Statuses are listed without a request: test/listSearch.
	expect([...named, 'searchStatuses'].sort()).toEqual(Object.keys(listSearch).sort());
});

describe.each(dialects)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	/** All entries, page by page as the list is scrolled. */
	async function scroll(
		{ picker, parameters }: PickerCase,
		filter?: string,
	): Promise<{ entries: Entry[]; pages: number }> {
		const open = openListSearch(picker, fixture.credential(), parameters?.(truth()) ?? {});
		const entries: Entry[] = [];
		let token: string | undefined;
		let pages = 0;
		do {
			const page = await open(filter, token);
			entries.push(...page.results.map(({ name, value }): Entry => [name, value]));
			token = page.paginationToken as string | undefined;
			pages++;
			expect(pages).toBeLessThan(100);
		} while (token !== undefined);
		return { entries, pages };
	}

	/** In the order of the server, which cannot sort approvals. */
	async function expected({ picker, entries }: PickerCase): Promise<Entry[]> {
		const { listOrder } = await fixture.control.settings();
		const inOrderOfCreation = ['searchApprovals', 'searchScheduledEmails'].includes(picker);
		const isReversed = inOrderOfCreation && ['oldest', 'created'].includes(listOrder);
		return isReversed ? entries(truth()).reverse() : entries(truth());
	}

	const containing = (entries: Entry[], text: string) =>
		entries.filter(([name]) => name.toLowerCase().includes(text.trim().toLowerCase()));

	test.each(ALL)('%s: every entry, in order', async (_title, one) => {
		expect((await scroll(one)).entries).toEqual(await expected(one));
	});

	test.each(ALL)('%s: a search finds what matches', async (_title, one) => {
		const all = await expected(one);
		const wanted = containing(all, one.filter);
		expect((await scroll(one, one.filter)).entries).toEqual(wanted);
		expect(wanted.length).toBeLessThan(all.length);
		expect(wanted.length > 0).toBe(one.filter !== 'nobody');
	});

	test.each(PAGED)('%s: its pages hold every entry once', async (_title, one) => {
		await fixture.control.set({ pageSize: 1 });
		const settings = await fixture.control.settings();
		const isPaged =
			one.picker !== 'searchConfigs' ||
			(settings.configPaging && settings.configListBody !== 'array');
		const all = await expected(one);
		const scrolled = await scroll(one);
		expect(scrolled.entries).toEqual(all);
		expect(scrolled.pages).toBe(isPaged ? all.length : 1);
	});

	test.each(PAGED)('%s: a search over several pages', async (_title, one) => {
		await fixture.control.set({ pageSize: 1 });
		const wanted = containing(await expected(one), one.filter);
		expect((await scroll(one, one.filter)).entries).toEqual(wanted);
		// An empty list cannot be scrolled to its next page.
		const { results } = await openListSearch(one.picker, fixture.credential(), {})(one.filter);
		expect(results).not.toEqual([]);
	});

	test('the first answer to a search has what matches on the pages after the first', async () => {
		await fixture.control.receive({ subject: 'Needle', createdAt: '2026-01-01T00:00:00Z' });
		await fixture.control.addThreads(120);
		const search = openListSearch('searchThreads', fixture.credential(), {});
		const { results } = await search('needle');
		expect(results.map(({ name }) => name)).toEqual(['Needle · Sam Visitor · 2026-01-01 00:00']);
	});

	test('threads: pages of the size that the server likes, newest first', async () => {
		await fixture.control.addThreads(120);
		const { threads } = await fixture.control.snapshot();
		const { pageSize } = await fixture.control.settings();
		const { entries, pages } = await scroll(CASES[0]);
		expect(entries.map(([, value]) => value)).toEqual(threads.map(({ id }) => id));
		expect(pages).toBe(Math.ceil(threads.length / (pageSize ?? 50)));
	});

	test.each([
		['searchDeals', '/deals', '/opportunities'],
		['searchCustomers', '/customers', '/companies'],
	] as const)('%s on a server without %s', async (picker, oldPath, newPath) => {
		await fixture.control.addFault({
			kind: 'status',
			status: 404,
			code: 'NOT_FOUND',
			path: oldPath,
			times: null,
		});
		// A key of its own: which path a workspace has is remembered.
		const apiKey = await fixture.control.addKey({ scopes: ['admin'] });
		const search = openListSearch(picker, fixture.credential({ apiKey }), {});
		const one = CASES.find((each) => each.picker === picker);
		const found = (await search()).results.map(({ name, value }) => [name, value]);
		expect(found).toEqual(one?.entries(truth()));
		await search();
		const paths = (await fixture.requests()).map(({ path }) => path);
		expect(paths).toEqual([oldPath, newPath, newPath]);
	});
});
