import { isRefusal } from '../../nodes/TrustPager/parameters/readers/refusal';
import { readSenderFilter } from '../../nodes/TrustPager/parameters/readers/senderFilter';

const SENDERS = {
	mia: { email: 'mia@example.com', name: 'Mia Roe' },
	roe: { email: 'MIA.ROE@example.com', name: 'ROE, Mia' },
	foe: { email: 'foe@firm.example', name: 'Mia Foe' },
	monroe: { email: 'm@monroe.example', name: 'Mia Monroe' },
	ann: { email: 'ann@shop.example', name: 'Ann Lee' },
	joann: { email: 'joann@shop.example' },
	bob: { email: 'Bob <bob@bank.example>' },
	sales: { email: 's@example.org', name: 'Lee (Sales)' },
	muller: { email: 'x@example.org', name: '=?UTF-8?Q?Jan_M=C3=BCller?=' },
};

function matching(value: unknown): string[] {
	const filter = readSenderFilter(value);
	if (isRefusal(filter)) throw new Error(`refused: ${filter.refused}: ${filter.entry}`);
	return Object.entries(SENDERS)
		.filter(([, sender]) => filter.matches(sender))
		.map(([title]) => title);
}

test.each<[unknown, string[]]>([
	['mia@example.com', ['mia']],
	['MIA@', ['mia']],
	['ann@', ['ann', 'joann']],
	['@firm.example', ['foe']],
	['shop.example', ['ann', 'joann']],
	['LEE', ['ann', 'sales']],
	['mia roe', ['mia']],
	['Müller', ['muller']],
	['mu\u0308ller', ['muller']],
	['Lee (Sales)', ['sales']],
	['*@shop.example', ['ann', 'joann']],
	[' mia@example.com\u200B; bob@bank.example ', ['mia', 'bob']],
	['mia@example.com\nbob@', ['mia', 'bob']],
	['ann@, bank.example', ['ann', 'joann', 'bob']],
	['ann@ bob@', ['ann', 'joann', 'bob']],
	['Shop <ann@shop.example>', ['ann']],
	['<ANN@shop.example>', ['ann']],
	['mailto:ann@shop.example', ['ann']],
	['ann@shop.example (Shop)', ['ann']],
	['"Roe, Mia" <mia@example.com>', ['mia']],
	['"Roe, Mia" <mia@example.com>, bob@', ['mia', 'bob']],
	['Shop <bob@bank.example>', ['bob']],
	['"Roe, Mia"', ['mia', 'roe']],
	["'Roe, Mia'", ['mia', 'roe']],
	['"Mia, Roe"; bob@', ['mia', 'roe', 'bob']],
	['Roe, Mia; bob@', ['mia', 'roe', 'bob']],
	['Roe, Mia;', ['mia', 'roe']],
	['Roe, Mia\nLee, Ann', ['mia', 'roe', 'ann']],
	['Roe, Mia <mia@example.com>; bob@', ['mia', 'bob']],
	['"mia@example.com, bob@bank.example"', ['mia', 'bob']],
	['foe, bob', ['foe', 'bob']],
	['Foe, Bob, Ann', ['foe', 'ann', 'joann', 'bob']],
	['foe, Shop <ann@shop.example>', ['foe', 'ann']],
	[
		['mia@example.com', 'bob@'],
		['mia', 'bob'],
	],
	[
		['Roe, Mia', 'bob@'],
		['mia', 'roe', 'bob'],
	],
	['["Roe, Mia"]', ['mia', 'roe']],
	[{ email: 'ann@shop.example', name: 'x' }, ['ann']],
	[
		[{ email: 'ann@shop.example' }, { name: 'Roe, Mia' }],
		['mia', 'roe', 'ann'],
	],
])('%j fires for %j', (value, titles) => {
	expect(matching(value)).toEqual(titles);
});

test.each([undefined, null, '', ' \n', ' , ;', [], ['']])('%j holds nothing', (value) => {
	expect(readSenderFilter(value)).toMatchObject({ isEmpty: true });
	expect(matching(value)).toEqual(Object.keys(SENDERS));
});

test('a filter that holds something is not empty, and a message without a sender does not pass', () => {
	const filter = readSenderFilter('mia');
	if (isRefusal(filter)) throw new Error(filter.refused);
	expect(filter.isEmpty).toBe(false);
	expect(filter.matches({})).toBe(false);
});

describe('what could mean several things, or nothing, is refused', () => {
	const EITHER =
		'can be one name or two senders (use quotes for one name, a semicolon between two)';
	test.each<[unknown, string, string]>([
		['Roe, Mia', EITHER, 'Roe, Mia'],
		['Shop, Bank', EITHER, 'Shop, Bank'],
		['bob@x.de, Roe, Mia', EITHER, 'Roe, Mia'],
		['Roe, Mia <mia@example.com>', EITHER, 'Roe, Mia <mia@example.com>'],
		['@', 'has an entry that fits every sender or none', '@'],
		['ann@, *', 'has an entry that fits every sender or none', '*'],
		['a*b@x.de', 'has a * inside an entry', 'a*b@x.de'],
		['"Roe, Mia', 'has a " without its counterpart', '"Roe, Mia'],
		['Shop <shop>', 'is not an email address (no @)', 'Shop <shop>'],
		[{ email: 'shop' }, 'is not an email address (no @)', 'shop'],
		[{}, 'is not an email address (an object without an email)', '{}'],
		[['ann', null], 'has an empty entry in its list', 'null'],
		[false, 'must be text or a list, not a boolean', 'false'],
	])('%j', (value, refused, entry) => {
		expect(readSenderFilter(value)).toEqual({ refused, entry });
	});
});
