import type { Person } from '../../nodes/TrustPager/parameters/readers/addressList';

const mia = { email: 'mia@example.com', name: 'Mia Roe' };
const roe = { email: 'mia@example.com', name: 'Roe, Mia' };
const bare = { email: 'mia@example.com' };
const bob = { email: 'bob@example.org' };
const lee = { email: 'ann@example.org', name: 'Lee, Ann' };

type Form = [title: string, value: unknown, people: Person[]];

const ONE: Form[] = [
	['an address', 'mia@example.com', [bare]],
	['a name', 'Mia Roe <mia@example.com>', [mia]],
	['a name without a space', 'Mia Roe<mia@example.com>', [mia]],
	['a quoted name', '"Roe, Mia" <mia@example.com>', [roe]],
	['a quoted name without brackets', '"Roe, Mia" mia@example.com', [roe]],
	['curly quotes', '“Roe, Mia” <mia@example.com>', [roe]],
	['German quotes', '„Roe, Mia“ <mia@example.com>', [roe]],
	['single quotes around a name', "'Roe, Mia' <mia@example.com>", [roe]],
	['quotes in quotes', `"'Mia Roe'" <mia@example.com>`, [mia]],
	['an escaped quote', '"Mia \\"M\\" Roe" <mia@example.com>', [{ ...bare, name: 'Mia "M" Roe' }]],
	['brackets', '<mia@example.com>', [bare]],
	['spaces in brackets', ' < mia@example.com > ', [bare]],
	['single quotes', "'mia@example.com'", [bare]],
	['double quotes', '"mia@example.com"', [bare]],
	['quotes around all of it', '"Mia Roe <mia@example.com>"', [mia]],
	['an apostrophe', "Pat O'Roe <o'roe@x.org>", [{ email: "o'roe@x.org", name: "Pat O'Roe" }]],
	['a comment', 'mia@example.com (Mia Roe)', [mia]],
	['a comment before it', '(Mia Roe) mia@example.com', [mia]],
	['a comment beside a name', 'Mia (Sales) <mia@example.com>', [{ ...bare, name: 'Mia (Sales)' }]],
	['a nested comment', 'mia@example.com (Mia (M) Roe)', [{ ...bare, name: 'Mia (M) Roe' }]],
	['a comma in a comment', 'mia@example.com (Roe, Mia)', [roe]],
	['the address as its name', 'mia@example.com <Mia@Example.com>', [{ email: 'Mia@Example.com' }]],
	[
		'another address as a quoted name',
		'"bob@x.org" <mia@example.com>',
		[{ ...bare, name: 'bob@x.org' }],
	],
	['a link', 'mailto:mia@example.com?subject=Hi%20there', [bare]],
	['a link in capitals, encoded', 'MAILTO:mia%40example.com', [bare]],
	['a link in brackets', 'Mia Roe <mailto:mia@example.com>', [mia]],
	['a folded header', 'Mia Roe\r\n <mia@example.com>', [mia]],
	['a fold in quotes', '"Roe,\r\n Mia" <mia@example.com>', [roe]],
	['a full stop after it', 'mia@example.com.', [bare]],
	['a full stop in brackets', '<mia@example.com.>', [bare]],
	['umlauts on both sides', 'müller@exämple.de', [{ email: 'müller@exämple.de' }]],
	['another script', '田中 <田中@例え.jp>', [{ email: '田中@例え.jp', name: '田中' }]],
	['full-width signs', '＜mia＠example.com＞', [bare]],
	['a plus and a subdomain', 'mia+x@a.b.example.com', [{ email: 'mia+x@a.b.example.com' }]],
];

const ENCODED: Form[] = [
	['=?UTF-8?Q?Mia_M=C3=BCller?=', 'Mia Müller'],
	['=?utf-8?B?TcO8bGxlciwgTWlh?=', 'Müller, Mia'],
	['=?ISO-8859-1?Q?Andr=E9?=', 'André'],
	['=?windows-1252?q?Mia_=80?=', 'Mia €'],
	['=?UTF-8*en?Q?Mia?=', 'Mia'],
	['=?UTF-8?Q?Roe,_Mia?=', 'Roe, Mia'],
	['"=?UTF-8?Q?Mia_Roe?="', 'Mia Roe'],
	['=?UTF-8?Q?Mia?= =?UTF-8?Q?_Roe?=', 'Mia Roe'],
	['=?UTF-8?Q?Andr?= =?ISO-8859-1?Q?=E9?=', 'André'],
	['=?UTF-8?Q?M=C3?= =?UTF-8?Q?=BCller?=', 'Müller'],
	['=?UTF-8?Q?Mia?= Roe', 'Mia Roe'],
	['=?UTF-8?Q?Mia?=\n =?UTF-8?Q?_Roe?=', 'Mia Roe'],
	['=?UTF-8?Q?Mia=0A=00Roe?=', 'Mia Roe'],
].map(([written, name]) => [written, `${written} <mia@example.com>`, [{ ...bare, name }]]);

const INVISIBLE: Form[] = [
	['zero-width space', '\u200B'],
	['zero-width joiner', '\u200D'],
	['byte order mark', '\uFEFF'],
	['soft hyphen', '\u00AD'],
	['left-to-right mark', '\u200E'],
	['right-to-left override', '\u202E'],
	['word joiner', '\u2060'],
	['variation selector', '\uFE0F'],
	['null', '\0'],
	['delete', '\x7f'],
].map(([title, sign]) => [title, `${sign}mi${sign}a@exam${sign}ple.com${sign}`, [bare]]);

const SEVERAL: Form[] = [
	['commas', 'mia@example.com, bob@example.org', [bare, bob]],
	['a trailing comma', 'mia@example.com,', [bare]],
	['empty places', ',, mia@example.com,,\n;bob@example.org ; ', [bare, bob]],
	['semicolons', 'Mia Roe <mia@example.com>;bob@example.org', [mia, bob]],
	['lines', 'Mia Roe <mia@example.com>\r\n  bob@example.org\n', [mia, bob]],
	[
		'old and rare line breaks',
		'mia@example.com\rbob@example.org\u2028ann@x.org',
		[bare, bob, { email: 'ann@x.org' }],
	],
	['spaces only', 'mia@example.com bob@example.org', [bare, bob]],
	[
		'commas of another script',
		'mia@example.com，bob@example.org、ann@x.org',
		[bare, bob, { email: 'ann@x.org' }],
	],
	['Outlook', 'Roe, Mia <mia@example.com>; Lee, Ann <ann@example.org>', [roe, lee]],
	['Outlook, one', 'Roe, Mia <mia@example.com>;', [roe]],
	['lines with commas after them', 'Roe, Mia <mia@example.com>,\nbob@example.org', [roe, bob]],
	['lines with commas in names', 'Roe, Mia <mia@example.com>\nbob@example.org', [roe, bob]],
	['links', 'mailto:mia@example.com,bob@example.org', [bare, bob]],
	['quoted, as in CSV', '"mia@example.com","bob@example.org"', [bare, bob]],
	['one pair of quotes around them', '"mia@example.com; bob@example.org"', [bare, bob]],
	['a list of another language', "['mia@example.com', 'bob@example.org']", [bare, bob]],
	['a list', ['mia@example.com', 'bob@example.org'], [bare, bob]],
	['a list of lists', [['mia@example.com'], ['bob@example.org']], [bare, bob]],
	['a list with several in one', ['mia@example.com, bob@example.org', ''], [bare, bob]],
	['a list with a comma in a name', ['Roe, Mia <mia@example.com>'], [roe]],
	['an object', { email: 'mia@example.com', name: 'Roe, Mia', id: 7 }, [roe]],
	['objects', [roe, bob], [roe, bob]],
	['objects and texts', [roe, 'bob@example.org'], [roe, bob]],
	['an object with a written email', { email: 'Mia Roe <mia@example.com>', name: null }, [mia]],
	['an object whose name counts', { email: 'M <mia@example.com>', name: 'Mia Roe' }, [mia]],
	[
		'a parsed header',
		{ value: [{ address: 'mia@example.com', name: 'Mia Roe' }], text: '' },
		[mia],
	],
	['items', [{ json: roe }, { json: bob }], [roe, bob]],
	['JSON text of texts', '["mia@example.com","bob@example.org"]', [bare, bob]],
	['JSON text of objects', JSON.stringify([roe, bob]), [roe, bob]],
	['JSON text of an object', `\uFEFF ${JSON.stringify(roe)}`, [roe]],
	['the same twice', 'mia@example.com, Mia Roe <MIA@EXAMPLE.COM>, bob@example.org', [mia, bob]],
	['nothing', undefined, []],
	['null', null, []],
	['an empty text', ' \u200B\n', []],
	['an empty list', [], []],
	['separators alone', ' , ;', []],
];

/** Every form in which people give recipients, and who is meant. */
export const FORMS: Form[] = [...ONE, ...ENCODED, ...INVISIBLE, ...SEVERAL];
