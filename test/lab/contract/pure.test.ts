import { documentedFields } from '../../../lab/contract/documented';
import { nearestDialects } from '../../../lab/contract/dialects';
import { fieldsOf } from '../../../lab/contract/fields';
import { isPlain } from '../../../lab/contract/names';
import {
	directionCase,
	knownValues,
	linkNames,
	timeForms,
} from '../../../lab/contract/observe/values';
import { listPlace, pagingPlace, singlePlace } from '../../../lab/contract/observe/wrapping';
import { sortParameter } from '../../../lab/contract/observe/paging';
import { isReadFilter, unreadFilter } from '../../../lab/contract/observe/filters';

const answers = (bodies: Record<string, unknown>, status = 200) =>
	new Map(Object.entries(bodies).map(([name, body]) => [name, { status, headers: {}, body }]));
const list = (...data: unknown[]) => ({ data });

describe('names', () => {
	test.each(['id', 'last_message_at', 'mimeType', 'x2', 'oauth2_token_id'])(
		'%s is shown',
		(name) => {
			expect(isPlain(name)).toBe(true);
		},
	);

	test.each([
		'ann@people.example',
		'0c7d2b7e-1111-4222-8333-abcdefabcdef',
		'contact_20261128',
		'deadbeefdeadbeef',
		'tp_live_abc',
		'Ann Lee',
		'cus_NffrFeUfNV2Hib',
		'_hidden',
		'',
		'x'.repeat(42),
	])('%s is masked', (name) => {
		expect(isPlain(name)).toBe(false);
	});
});

describe('fields', () => {
	test('have all types that occur, in any row', () => {
		expect(fieldsOf([{ id: 'a', cc: null }, { cc: ['x'] }, 'text', null])).toEqual([
			{ path: 'cc', types: ['array', 'null'] },
			{ path: 'cc[]', types: ['string'] },
			{ path: 'id', types: ['string'] },
		]);
	});

	test('further down, only public names are shown', () => {
		const paths = fieldsOf([{ id: 1, extra: { email: 'x', annlee: { email: 'x' } } }]).map(
			({ path }) => path,
		);
		expect(paths).toEqual(['extra', 'extra.*', 'extra.email', 'id']);
	});

	test.each([
		['none of its names is public', { annlee: { id: 1 }, bobray: { id: 1 } }],
		['a name is no identifier', { id: 1, annlee: 1, 'Ann Lee': 1 }],
		[
			'it has very many names',
			{ id: 1, ...Object.fromEntries([...Array(90).keys()].map((n) => [`annlee${n}`, 1])) },
		],
	])('a row is taken for a map when %s', (_why, row) => {
		expect(JSON.stringify(fieldsOf([row]))).not.toMatch(/ann|bob/i);
	});

	test('of the OpenAPI document, all alternatives count', () => {
		const paths = documentedFields('/email/threads/{id}/messages').map(({ path }) => path);
		expect(paths).toEqual(
			expect.arrayContaining(['from_email', 'sender_email', 'attachments[].mimeType']),
		);
		expect(documentedFields('/email/threads')).toContainEqual({
			path: 'last_message_at',
			types: ['string', 'null'],
		});
	});
});

describe('values', () => {
	test.each([
		[['2026-06-01T09:00:00Z', null], 'Z'],
		[['2026-06-01T09:00:00.123Z'], 'Z with fractions'],
		[['2026-06-01T09:00:00+00:00'], 'offset'],
		[['2026-06-01T09:00:00', '2026-06-01 09:00:00'], 'no zone'],
		[['2026-06-01'], 'another form'],
		[['soon', 5], 'not a time, number'],
		[[undefined], '?'],
	])('the form of the times %j is %s', (times, form) => {
		expect(timeForms(times)).toBe(form);
	});

	test('a value that is not documented is not shown', () => {
		expect(knownValues(['open', 'OPEN', 'for Ann', null], ['open'])).toBe('another value, open');
		expect(directionCase(['inbound', 'OUTBOUND', 'Inbound', 'sideways'])).toBe(
			'another value, lower case, mixed case, upper case',
		);
	});

	test('the links of threads have the names of both generations', () => {
		expect(linkNames([{ linked_entities: { opportunities: [] }, deal_id: null }])).toBe(
			'opportunities, deal_id',
		);
	});
});

describe('wrapping', () => {
	test.each([
		[{ data: [], pagination: { has_more: false } }, 'data[]', 'pagination'],
		[
			{ data: { threads: [], pagination: { has_more: false } } },
			'data.threads[]',
			'data.pagination',
		],
		[{ threads: [], has_more: true }, 'threads[]', 'root'],
		[{ data: [], meta: { has_more: true } }, 'data[]', 'meta'],
		[[], '[]', '?'],
		[{ data: [] }, 'data[]', 'none'],
		[{ error: 'no' }, '?', '?'],
	])('of the list %j is %s, its paging %s', (body, place, paging) => {
		expect(listPlace(answers({ threads: body }), 'threads')).toBe(place);
		expect(pagingPlace(answers({ threads: body }), 'threads')).toBe(paging);
	});

	test.each([
		[{ data: { id: 'a' } }, 'data'],
		[{ data: { thread: { id: 'a' }, messages: [] } }, 'data.thread'],
		[{ thread: { id: 'a' } }, 'thread'],
		[{ id: 'a', thread: {} }, 'root'],
	])('of the single %j is %s', (body, place) => {
		expect(singlePlace(answers({ thread: body }), 'thread', 'thread')).toBe(place);
	});
});

describe('judged by rows', () => {
	const at = (...days: number[]) =>
		list(...days.map((day) => ({ id: `t${day}`, last_message_at: `2026-06-0${day}T00:00:00Z` })));

	test.each([
		['honoured', at(3, 2, 1), at(1, 2, 3)],
		['ignored', at(3, 2, 1), at(3, 2, 1)],
		['ignored', at(2, 3, 1), at(2, 3, 1)],
		['?', at(1), at(1)],
	])('the order is %s', (effect, newestFirst, oldestFirst) => {
		expect(sortParameter(answers({ newestFirst, oldestFirst }))).toBe(effect);
	});

	const read = (...states: unknown[]) =>
		list(...states.map((is_read, index) => ({ id: `t${index}`, is_read })));

	test.each([
		['honoured', read(true, false), read(false)],
		['honoured', read(true), read()],
		['ignored', read(true, false), read(true, false)],
		['ignored', read(true, false), read()],
		['?', read(false), read(false)],
		['?', read('no'), read('no')],
	])('the filter is %s', (effect, threads, unreadTrue) => {
		expect(unreadFilter(answers({ threads, unreadTrue }))).toBe(effect);
	});

	test('one of two answers that shows a filter to be ignored decides', () => {
		const threads = read(false, false);
		expect(isReadFilter(answers({ threads, isReadFalse: threads, isReadTrue: threads }))).toBe(
			'ignored',
		);
	});

	test('a refusal is one whatever the rows', () => {
		expect(unreadFilter(answers({ threads: {}, unreadTrue: {} }, 400))).toBe('refused');
		expect(unreadFilter(answers({ threads: {}, unreadTrue: {} }, 503))).toBe('?');
	});
});

describe('the nearest dialect', () => {
	const dialects = [
		{ name: 'old', traits: { cursor: ['cursor'], times: ['Z'] } },
		{ name: 'new', traits: { cursor: ['after'], times: ['Z'] } },
	];
	const nearest = (cursor: string, times: string) =>
		nearestDialects(
			[
				{ topic: 'cursor', value: cursor },
				{ topic: 'times', value: times },
				{ topic: 'order', value: 'newest first' },
			],
			dialects,
		);

	test('agrees with the most of what was seen', () => {
		expect(nearest('after', 'Z')).toEqual({
			names: ['new'],
			agreeing: 2,
			judged: 2,
			apart: [],
			outside: [],
		});
	});

	test('what was not seen does not count, and several can be equally near', () => {
		expect(nearest('?', 'offset')).toMatchObject({
			names: ['old', 'new'],
			judged: 1,
			outside: ['times: offset'],
		});
	});
});
