/** Filters on servers that ignore them: every row that shows that it does not match is left out, and a hint says so. */
import type { IDataObject } from 'n8n-workflow';

import { readFilters } from '../../nodes/TrustPager/operations/filters/rowFilter';
import { threadFilters } from '../../nodes/TrustPager/operations/filters/threadFilters';
import { Collection } from '../../nodes/TrustPager/parameters/collection';
import { byId } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';
import { useFaultFixture } from '../faults/faultFixture';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';
import { node } from '../transport/answers';

const fixture = useFaultFixture();
let raw: RawServer;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());
beforeEach(() => (raw.received.length = 0));

const PAGE = 100;
const queries = () =>
	raw.received.map(({ url }) => Object.fromEntries(new URL(url, 'http://x').searchParams));

/** Serves rows page by page, whatever is asked for. */
function serve(all: IDataObject[]): void {
	raw.answer = ({ url }, response) => {
		const { after = '0', limit = '25' } = Object.fromEntries(new URL(url, 'http://x').searchParams);
		const end = Number(after) + Math.min(PAGE, Number(limit));
		const pagination = { has_more: end < all.length, next_cursor: String(end) };
		json(response, 200, { data: all.slice(Number(after), end), pagination });
	};
}

async function list(resource: string, parameters: IDataObject) {
	return await fixture.run(
		{ resource, operation: 'getAll', simplify: false, ...parameters },
		{ credential: fixture.credential({ baseUrl: raw.url }) },
	);
}

interface Case {
	filter: string;
	label: string;
	value: unknown;
	query: IDataObject;
	/** Rows that pass, rows that cannot tell, and rows that do not pass. */
	passes: IDataObject[];
	unknown: IDataObject[];
	fails: IDataObject[];
}

const ID = '3e2d1c0b-9a8f-4e7d-b6c5-a4938271605f';
const OTHER = '11111111-2222-4333-8444-555555555555';
const linked = (kind: string, ...ids: string[]) => ({
	linked_entities: { [kind]: ids.map((id) => ({ id })) },
});
const links = (filter: string, label: string, names: string[], lists: string[]): Case => ({
	filter,
	label,
	value: byId(ID),
	query: Object.fromEntries(names.map((name) => [name, ID])),
	passes: [
		...lists.flatMap((kind) => [linked(kind, ID), linked(kind, OTHER, ID.toUpperCase())]),
		{ [names[0]]: ID },
	],
	unknown: [{}, { linked_entities: {} }, { linked_entities: null }],
	fails: [...lists.flatMap((kind) => [linked(kind), linked(kind, OTHER)]), { [names[0]]: null }],
});
const LINKS: Case[] = [
	links('contactId', 'Contact', ['contact_id'], ['contacts']),
	links('dealId', 'Deal', ['deal_id', 'opportunity_id'], ['deals', 'opportunities']),
];

const THREADS: Case[] = [
	...LINKS,
	links('customerId', 'Customer', ['customer_id'], ['customers', 'companies']),
	{
		filter: 'isRead',
		label: 'Read Status',
		value: false,
		query: { is_read: 'false', unread: 'true' },
		passes: [{ is_read: false }, { unread: true }],
		unknown: [{}, { is_read: null }, { is_read: 'maybe' }],
		fails: [{ is_read: true }, { unread: false }],
	},
	{
		filter: 'isAutomated',
		label: 'Automated Mail',
		value: true,
		query: { is_automated: 'true' },
		passes: [{ is_automated: true }],
		unknown: [{}],
		fails: [{ is_automated: false }],
	},
	{
		filter: 'direction',
		label: 'Direction of Last Message',
		value: 'inbound',
		query: { direction: 'inbound' },
		passes: [{ last_message_direction: 'inbound' }, { last_message_direction: 'INBOUND' }],
		unknown: [{}, { last_message_direction: null }],
		fails: [{ last_message_direction: 'outbound' }, { last_message_direction: 'Outbound' }],
	},
	{
		filter: 'participant',
		label: 'Participant Email',
		value: 'ann@example.com',
		query: { participant: 'ann@example.com' },
		passes: [
			{ participants: [{ name: 'Bo', email: 'bo@example.com' }, { email: 'ANN@example.com' }] },
			{ participants: ['Ann Lee <ann@example.com>'] },
		],
		unknown: [{}, { participants: [] }, { participants: [{ name: 'Ann' }] }],
		fails: [{ participants: [{ email: 'joann@example.com' }] }, { participants: ['bo@x.de'] }],
	},
	{
		filter: 'search',
		label: 'Subject Contains',
		value: 'Größe XL',
		query: { search: 'Größe XL' },
		passes: [{ subject: 'Re: GRÖßE  xl' }, { subject: 'größe xl' }],
		unknown: [{}, { subject: null }],
		fails: [{ subject: 'Größe L' }, { subject: '' }],
	},
	{
		filter: 'status',
		label: 'Status',
		value: 'open',
		query: { status: 'open' },
		passes: [{ status: 'open' }],
		unknown: [{ status: 'active' }, { status: 'archived' }],
		fails: [],
	},
];

const LOGS: Case[] = [
	...LINKS,
	{
		filter: 'status',
		label: 'Status',
		value: 'spam_complaint',
		query: { status: 'spam_complaint' },
		passes: [{ status: 'spam_complaint' }, { status: 'COMPLAINED' }],
		unknown: [{}],
		fails: [{ status: 'sent' }],
	},
	{
		filter: 'emailType',
		label: 'Email Type',
		value: 'manual',
		query: { email_type: 'manual' },
		passes: [{ email_type: 'Manual' }],
		unknown: [{}],
		fails: [{ email_type: 'automation' }],
	},
	{
		filter: 'provider',
		label: 'Provider',
		value: 'gmail',
		query: { provider: 'gmail' },
		passes: [{ provider: 'gmail' }],
		unknown: [{}],
		fails: [{ provider: 'postmark' }],
	},
];

const APPROVALS: Case[] = [
	{
		filter: 'status',
		label: 'Status',
		value: 'approved',
		query: { status: 'approved' },
		passes: [{ status: 'approved' }, { status: 'executed' }, { status: 'failed' }],
		unknown: [{}],
		fails: [{ status: 'pending' }, { status: 'rejected' }],
	},
	{
		filter: 'status',
		label: 'Status',
		value: 'all',
		query: { status: 'all' },
		passes: [{ status: 'approved' }, { status: 'pending' }],
		unknown: [],
		fails: [],
	},
];

const CASES = Object.entries({ thread: THREADS, log: LOGS, approval: APPROVALS }).flatMap(
	([resource, cases]) => cases.map((one) => ({ resource, ...one })),
);

test.each(CASES)(
	'$resource: $filter is sent under each name, and checked',
	async ({ resource, filter, label, value, query, passes, unknown, fails }) => {
		const number = (row: IDataObject, id: number) => ({ ...row, id: `r${id}` });
		const all = [...passes, ...fails, ...unknown].map(number);
		serve(all);
		const outcome = await list(resource, { returnAll: true, filters: { [filter]: value } });
		expect(outcome.error).toBeUndefined();
		const named = (row: IDataObject) =>
			resource === 'approval' ? { ...row, approval_id: row.id } : row;
		const wanted = [...all.slice(0, passes.length), ...all.slice(passes.length + fails.length)].map(
			named,
		);
		expect(rows(outcome.items)).toEqual(wanted);
		expect(queries()).toMatchObject([query]);
		expect(outcome.hints).toEqual(
			fails.length === 0
				? []
				: [
						fails.length === 1
							? `TrustPager ignored the filter '${label}'; 1 row that does not match was left out.`
							: `TrustPager ignored the filter '${label}'; ${fails.length} rows that do not match were left out.`,
					],
		);
	},
);

describe('Limit', () => {
	const unread = (n: number) => ({ id: `r${n}`, is_read: n % 50 !== 49 });
	const many = Array.from({ length: 450 }, (_, n) => unread(n));

	test('stays exact, over as many pages as it takes', async () => {
		serve(many);
		const outcome = await list('thread', { limit: 3, filters: { isRead: false } });
		expect(rows(outcome.items).map(({ id }) => id)).toEqual(['r49', 'r99', 'r149']);
		// Small while the server seems to filter, full pages from then on.
		expect(queries().map(({ limit }) => limit)).toEqual(['3', '100', '100']);
	});

	test('asks for no more than it needs where the server filters', async () => {
		serve(many.filter(({ is_read }) => !is_read));
		const outcome = await list('thread', { limit: 3, filters: { isRead: false } });
		expect(outcome.items).toHaveLength(3);
		expect(queries().map(({ limit }) => limit)).toEqual(['3']);
		expect(outcome.hints).toEqual([]);
	});

	test('reads to the end, and no further, when too few match', async () => {
		serve(many);
		const outcome = await list('thread', { limit: 50, filters: { isRead: false } });
		expect(outcome.items).toHaveLength(9);
		expect(outcome.hints).toEqual([
			"TrustPager ignored the filter 'Read Status'; 441 rows that do not match were left out.",
		]);
	});
});

test('a filter that does not exist is refused, not ignored', () => {
	const field = {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection' as const,
		default: {},
	};
	const values = { isUnread: true };
	const filters = new Collection({ node }, field, { raw: values, value: values });
	expect(() => readFilters(filters, threadFilters)).toThrow("'isUnread' is not one of the filters");
});
