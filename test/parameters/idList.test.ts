import { readIdList } from '../../nodes/TrustPager/parameters/readers/idList';

const A = '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f';
const B = '0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e';

describe('ids as people give them', () => {
	test.each<[string, unknown]>([
		['commas', `${A},${B}`],
		['commas and spaces', ` ${A} , ${B}, `],
		['semicolons', `${A};${B};`],
		['spaces', `${A} ${B}`],
		['lines', `${A}\r\n${B}\n`],
		['tabs and no-break spaces', `${A}\t\u00A0${B}`],
		['quotes', `"${A}", '${B}'`],
		['curly quotes', `“${A}”, „${B}“`],
		['characters that show nothing', `\uFEFF${A}\u200B,${B.slice(0, 8)}\u00AD${B.slice(8)}`],
		['JSON text', JSON.stringify([A, B])],
		['JSON text of rows', JSON.stringify([{ id: A }, { id: B }], null, 2)],
		['a list of another language', `['${A}', '${B}']`],
		['a list without quotes', `[${A}, ${B}]`],
		['a list', [A, B, A]],
		['a list with an empty text', [A, '', ' ', B]],
		['a list of lists', [[A], [B]]],
		['a list of texts with several', [`${A},${B}`]],
		['rows', [{ id: A, subject: 'Hello' }, { id: B }]],
		['items', [{ json: { id: A } }, { json: { id: B } }]],
		[
			'messages, by their thread',
			[
				{ id: 'm1', thread_id: A },
				{ id: 'm2', threadId: B },
			],
		],
		[
			"the trigger's items",
			[
				{ id: 'm1', thread: { id: A } },
				{ id: 'm2', thread: { id: B } },
			],
		],
	])('%s', (_, value) => {
		expect(readIdList(value)).toEqual({ ids: [A, B] });
	});

	test.each<[unknown, string[]]>([
		[7, ['7']],
		[
			[1, 2, '1'],
			['1', '2'],
		],
		[{ id: 7 }, ['7']],
		['{"id":7}', ['7']],
		['thr_1', ['thr_1']],
		[undefined, []],
		[null, []],
		[' , ;\n', []],
		[[], []],
		['[]', []],
		[[' '], []],
	])('%j', (value, ids) => {
		expect(readIdList(value)).toEqual({ ids });
	});
});

describe('what is no id is refused by name', () => {
	const INVALID = 'has an entry that is not a valid ID';
	test.each<[unknown, string, string]>([
		[`${A}, ../x`, INVALID, '../x'],
		[`${A}/messages`, INVALID, `${A}/messages`],
		['..', INVALID, '..'],
		['a\\b', INVALID, 'a\\b'],
		['a\u0000b', INVALID, 'a b'],
		[`${A},undefined`, INVALID, 'undefined'],
		['null', INVALID, 'null'],
		['{{ $json.id }}', INVALID, '{{'],
		['[a', INVALID, '[a'],
		['a"b', INVALID, 'a"b'],
		['<a>', INVALID, '<a>'],
		[1.5, INVALID, '1.5'],
		[-1, INVALID, '-1'],
		[Number.NaN, INVALID, 'NaN'],
		[2 ** 60, INVALID, '1152921504606847000'],
		[{}, INVALID, '{}'],
		[{ id: null }, INVALID, '{"id":null}'],
		[{ id: '' }, INVALID, '{"id":""}'],
		[{ id: { a: 1 } }, INVALID, '{"id":{"a":1}}'],
		[[A, null], 'has an empty entry in its list', 'null'],
		[[A, undefined], 'has an empty entry in its list', 'undefined'],
		[[[[A]]], 'has lists nested too deeply', JSON.stringify([A])],
		[
			'[object Object],[object Object]',
			'has an object that was turned into text',
			'[object Object],[object Object]',
		],
		[true, 'must be text or a list, not a boolean', 'true'],
		[new Date(0), 'must be text or a list, not a date', '"1970-01-01T00:00:00.000Z"'],
	])('%j', (value, refused, entry) => {
		expect(readIdList(value)).toEqual({ refused, entry: entry === 'a b' ? 'ab' : entry });
	});
});
