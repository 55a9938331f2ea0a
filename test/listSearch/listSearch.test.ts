import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeListSearchResult,
} from 'n8n-workflow';

import { useSandbox } from '../engine/sandboxFixture';
import { openListSearch, openLoadOptions, type Search } from '../engine/listSearch';

const fixture = useSandbox();
type Entries = Array<[name: string, value: string]>;

async function search(
	picker: Search,
	options: {
		filter?: string;
		token?: string;
		credential?: ICredentialDataDecryptedObject;
		parameters?: IDataObject;
	} = {},
): Promise<INodeListSearchResult> {
	const { filter, token, credential = fixture.credential(), parameters = {} } = options;
	return await openListSearch(picker, credential, parameters)(filter, token);
}

const entries = ({ results }: INodeListSearchResult): Entries =>
	results.map(({ name, value }) => [name, String(value)]);
const names = (result: INodeListSearchResult) => result.results.map(({ name }) => name);
const queries = async () => (await fixture.requests()).map(({ path, query }) => ({ path, query }));

describe('the label and ID of each entry', () => {
	test('threads: subject, first participant, time', async () => {
		const [first] = fixture.seed.threads;
		const result = await search('searchThreads');
		expect(entries(result)[0]).toEqual([
			`${first.subject} · ${first.participants[0].name} · ${String(first.last_message_at).slice(0, 16).replace('T', ' ')}`,
			first.id,
		]);
		expect(result.results.map(({ value }) => value)).toEqual(
			fixture.seed.threads.slice(0, 50).map(({ id }) => id),
		);
	});

	test('a thread without a subject can be chosen', async () => {
		const { thread } = await fixture.control.receive({ subject: 'x', fromName: 'Ann Lee' });
		await fixture.control.patchThread(thread.id, { subject: '' });
		const [[name, value]] = entries(await search('searchThreads'));
		expect(value).toBe(thread.id);
		expect(name).toMatch(/^\(no subject\) · Ann Lee · 2026-06-01 09:00$/);
	});

	test('contacts, deals, customers', async () => {
		const { contacts, deals, customers } = fixture.records;
		expect(entries(await search('searchContacts'))).toEqual(
			contacts.map((row) => [
				`${[row.first_name, row.last_name].filter(Boolean).join(' ')} · ${row.email} · ${row.public_id}`,
				row.id,
			]),
		);
		expect(entries(await search('searchDeals'))).toEqual(
			deals.map((row) => [`${row.name} · ${row.status} · ${row.public_id}`, row.id]),
		);
		expect(entries(await search('searchCustomers'))).toEqual(
			customers.map((row) => [`${row.name} · ${row.email} · ${row.public_id}`, row.id]),
		);
	});

	test('configurations', async () => {
		expect(entries(await search('searchConfigs'))).toEqual(
			fixture.seed.configs.map((row) => [
				`${row.config_name} · ${row.from_email}${row.is_default ? ' · default' : ''}`,
				row.id,
			]),
		);
	});

	test('senders: users with Gmail', async () => {
		expect(entries(await search('searchSenders'))).toEqual([
			['Mia Hartley · mia@harborlightstudio.example', fixture.records.users[0].user_id],
			['Leo Brandt · leo@harborlightstudio.example', fixture.records.users[1].user_id],
		]);
	});

	test('approvals: pending ones, subject first', async () => {
		const waiting = fixture.seed.approvals.filter(({ status }) => status === 'pending');
		const result = await search('searchApprovals');
		expect(result.results.map(({ value }) => value)).toEqual(waiting.map(({ id }) => id));
		const [{ request_body: body, resource, action }] = waiting;
		expect(names(result)[0]).toContain(
			`${body?.subject} · ${body?.to_email} · ${resource}: ${action}`,
		);
	});

	test('scheduled emails: pending ones, in the order of the server', async () => {
		const waiting = fixture.seed.scheduled.filter(
			({ status, channel }) => status === 'pending' && channel === 'email',
		);
		expect(waiting.length).toBeGreaterThan(1);
		expect(entries(await search('searchScheduledEmails'))).toEqual(
			waiting.map(({ id, payload, scheduled_for: time }) => [
				`${payload.subject} · ${payload.to_email} · ${time.slice(0, 16).replace('T', ' ')}`,
				id,
			]),
		);
	});

	test('scheduled emails of a server that knows no filters', async () => {
		const data = fixture.seed.scheduled.map((row) => ({ ...row }));
		await fixture.control.addFault({ kind: 'body', body: { data } });
		const result = await search('searchScheduledEmails');
		expect(result.results.map(({ value }) => value)).toEqual(
			data
				.filter(({ status, channel }) => status === 'pending' && channel === 'email')
				.map(({ id }) => id),
		);
	});

	test('aliases: of the company, or of the chosen sender in personal mode', async () => {
		const company = [
			['Mia Hartley · mia@harborlightstudio.example', 'mia@harborlightstudio.example'],
			['Harbor Light Studio · hello@harborlightstudio.example', 'hello@harborlightstudio.example'],
		];
		expect(entries(await search('searchAliases'))).toEqual(company);
		const leo = { __rl: true, mode: 'list', value: fixture.records.users[1].user_id };
		const parameters = { mode: 'personal', senderUserId: leo };
		expect(entries(await search('searchAliases', { parameters }))).toEqual([
			['Leo Brandt · leo@harborlightstudio.example', 'leo@harborlightstudio.example'],
		]);
		expect(
			entries(await search('searchAliases', { parameters: { ...parameters, mode: 'company' } })),
		).toEqual(company);
	});

	test.each(['additionalFields', 'updateFields'])(
		'aliases for a configuration: of the user in %s',
		async (collection) => {
			const user = { __rl: true, mode: 'list', value: fixture.records.users[1].user_id };
			const parameters = { [collection]: { gmailSenderUserId: user, gmailSenderAlias: '' } };
			expect(entries(await search('searchAliases', { parameters }))).toEqual([
				['Leo Brandt · leo@harborlightstudio.example', 'leo@harborlightstudio.example'],
			]);
		},
	);

	test('statuses: all to filter by, the settable ones to update, without a request', async () => {
		const all = await search('searchStatuses', { parameters: { operation: 'getAll' } });
		expect(names(all)).toEqual(['Active', 'Archived', 'Closed', 'Open', 'Spam']);
		const settable = await search('searchStatuses', { parameters: { operation: 'update' } });
		expect(names(settable)).toEqual(['Active', 'Archived', 'Spam']);
		expect(await queries()).toEqual([]);
	});

	test('threads to tick are those of the thread picker', async () => {
		const options = await openLoadOptions('newestThreads', fixture.credential());
		expect(options).toEqual((await search('searchThreads')).results);
		expect(options.length).toBeGreaterThan(10);
	});
});

describe('searching', () => {
	test.each([
		['searchThreads', '/email/threads', 'Festival', { sort: 'last_message_at', order: 'desc' }],
		['searchContacts', '/contacts', 'nora', {}],
		['searchDeals', '/deals', 'bakery', {}],
		['searchCustomers', '/customers', 'oak', {}],
	] as const)('%s searches on the server', async (picker, path, filter, order) => {
		const result = await search(picker, { filter });
		expect(result.results.length).toBeGreaterThan(0);
		for (const name of names(result)) expect(name.toLowerCase()).toContain(filter.toLowerCase());
		expect(await queries()).toEqual([{ path, query: { limit: '50', search: filter, ...order } }]);
	});

	test.each([
		['searchConfigs', ' INVOICES ', 1],
		['searchApprovals', 'proof', 1],
		['searchScheduledEmails', 'CAMPAIGN', 1],
		['searchSenders', 'leo', 1],
		['searchAliases', 'hello@', 1],
		['searchSenders', 'nobody', 0],
	] as const)('%s searches in the node: %p gives %d', async (picker, filter, count) => {
		const result = await search(picker, { filter });
		expect(result.results).toHaveLength(count);
		const [{ query }] = await queries();
		expect(query).not.toHaveProperty('search');
	});

	test('sends no search parameter without a filter', async () => {
		await search('searchContacts', { filter: '' });
		expect(await queries()).toEqual([{ path: '/contacts', query: { limit: '50' } }]);
	});
});

describe('long lists', () => {
	test.each(['searchThreads', 'searchContacts', 'searchConfigs', 'searchApprovals'] as const)(
		'%s continues with the token of the previous page',
		async (picker) => {
			await fixture.control.set({ pageSize: 1 });
			const first = await search(picker);
			expect(first.paginationToken).toEqual(expect.any(String));
			const second = await search(picker, { token: String(first.paginationToken) });
			expect(second.results).toHaveLength(1);
			expect(second.results[0].value).not.toBe(first.results[0].value);
			const [, { query }] = await queries();
			expect(query).toMatchObject({ after: first.paginationToken, cursor: first.paginationToken });
		},
	);

	test('sends the filter together with the token', async () => {
		await fixture.control.set({ pageSize: 1 });
		const { paginationToken } = await search('searchDeals', { filter: 'bakery' });
		await search('searchDeals', { filter: 'bakery', token: String(paginationToken) });
		expect((await queries())[1].query).toMatchObject({ search: 'bakery', after: paginationToken });
	});

	test('a search that finds nothing reads five pages, and leaves the rest to the next request', async () => {
		await fixture.control.set({ pageSize: 1, threadFilters: [] });
		const { results, paginationToken } = await search('searchThreads', { filter: 'zebra' });
		expect(results).toEqual([]);
		expect(paginationToken).toEqual(expect.any(String));
		expect(await queries()).toHaveLength(5);
	});

	test('a search that finds enough to scroll reads no further', async () => {
		await fixture.control.set({ pageSize: 10, threadFilters: [] });
		await fixture.control.addThreads(30);
		const { results } = await search('searchThreads', { filter: 'question' });
		expect(results).toHaveLength(10);
		expect(await queries()).toHaveLength(1);
	});

	test('the last page has no token', async () => {
		expect((await search('searchContacts')).paginationToken).toBeUndefined();
	});

	test('a repeated cursor ends the list instead of repeating its entries', async () => {
		await fixture.control.set({ pageSize: 5 });
		const { paginationToken } = await search('searchContacts');
		await fixture.control.duplicateCursor();
		const second = await search('searchContacts', { token: String(paginationToken) });
		expect(second.paginationToken).toBeUndefined();
	});
});

const PICKERS: Search[] = [
	'searchAliases',
	'searchApprovals',
	'searchConfigs',
	'searchContacts',
	'searchCustomers',
	'searchDeals',
	'searchSenders',
	'searchThreads',
];

describe.each(PICKERS)('%s', (picker) => {
	const scope = {
		searchContacts: 'contacts:read',
		searchDeals: 'opportunities:read',
		searchCustomers: 'companies:read',
		searchApprovals: 'approvals:read',
		searchScheduledEmails: 'dispatcher:read',
	}[picker as string];
	const name = expect.stringMatching(
		`^This list needs an API key with ${scope ?? 'email:read'}: add it to the key, or enter the ID$`,
	);
	const oneLine = { results: [{ name, value: '' }] };

	test('shows one entry with advice when the server denies access', async () => {
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys.noScopes });
		expect(await search(picker, { credential })).toEqual(oneLine);
		expect(await search(picker, { credential, filter: 'zebra' })).toEqual(oneLine);
	});

	test.each([
		[402, { error: 'INSUFFICIENT_CREDITS' }, /no TrustPager credits left/],
		[
			403,
			{ error: { code: 'INSUFFICIENT_CREDITS', message: 'No.' } },
			/no TrustPager credits left/,
		],
		[402, { error: 'PLAN_REQUIRED' }, /plan does not include the API/],
		[403, { error: { code: 'PLAN_REQUIRED' } }, /plan does not include the API/],
		[
			401,
			{ error: 'INSUFFICIENT_SCOPE' },
			/^This list needs an API key with [a-z]+:read( or [a-z]+:read)?: /,
		],
		[403, { error: 'Blocked by the firewall' }, /^Blocked by the firewall$/],
		[403, { error: { code: 'IP_NOT_ALLOWED', message: 'Wrong network' } }, /^Wrong network$/],
		[403, {}, /^The API key is not allowed to do this$/],
	])('HTTP %d with %j is one entry that says why', async (status, body, says) => {
		await fixture.control.addFault({ kind: 'body', status, body, times: null });
		expect(await search(picker)).toEqual({
			results: [{ name: expect.stringMatching(says), value: '' }],
		});
	});

	test('the daily limit is one entry that says so', async () => {
		const credential = fixture.credential({
			apiKey: await fixture.control.addKey({ scopes: ['admin'] }),
		});
		await fixture.control.set({ dailyLimit: 0 });
		const found = await search(picker, { credential });
		await fixture.control.set({ dailyLimit: null });
		expect(found).toEqual({
			results: [{ name: expect.stringContaining('daily limit is used up'), value: '' }],
		});
	});

	test('reports any other failure', async () => {
		await fixture.control.addFault({
			kind: 'status',
			status: 401,
			message: 'Who are you?',
			times: null,
		});
		await expect(search(picker)).rejects.toThrow('Who are you?');
	});

	test('malformed rows do not break the list', async () => {
		await fixture.control.addFault({
			kind: 'body',
			body: { data: [null, 'x', {}, { id: '' }, { id: 7 }, { id: 'only-an-id' }] },
		});
		const { results } = await search(picker);
		expect(results.every(({ name }) => typeof name === 'string' && name !== '')).toBe(true);
	});
});

test.each(['searchThreads', 'searchConfigs', 'searchSenders', 'searchAliases'] as const)(
	'%s sends no request when the credential does not list the scope',
	async (picker) => {
		const credential = fixture.credential({ scopes: ['contacts:read'] });
		const { results } = await search(picker, { credential });
		const says =
			/^'(email|dispatcher):read' is not among the credential's Scopes: add it there, or/;
		expect(results).toEqual([{ name: expect.stringMatching(says), value: '' }]);
		expect(await fixture.requests()).toEqual([]);
	},
);
