import {
	readAddressList,
	writePerson,
} from '../../nodes/TrustPager/parameters/readers/addressList';
import { FORMS } from './forms';

const NOT = 'is not an email address';

describe('recipients as people write them', () => {
	test.each(FORMS)('%s: %j', (_, value, people) => {
		expect(readAddressList(value)).toEqual({ people });
	});

	test.each(['\u00A0', '\u202F'])('a no-break space beside the @ is removed', (space) => {
		const people = [{ email: 'mia@example.com' }];
		expect(readAddressList(`${space}mia${space}@${space}example.com${space}`)).toEqual({ people });
		expect(readAddressList(`mi${space}a@example.com`)).toHaveProperty('refused');
		expect(readAddressList(`Mia${space}Roe <mia@example.com>`)).toEqual({
			people: [{ ...people[0], name: 'Mia Roe' }],
		});
	});
});

describe('what cannot be read is refused by name', () => {
	test.each([
		['mia', `${NOT} (no @)`],
		['mia@', `${NOT} (nothing after the @)`],
		['@example.com', `${NOT} (nothing before the @)`],
		['mia@@example.com', `${NOT} (more than one @)`],
		['mia@example.com/bob@example.org', `${NOT} (more than one @)`],
		['mia@localhost', `${NOT} (no dot in the domain)`],
		['mia@10.0.0.1', `${NOT} (a domain that is a number)`],
		['.mia@example.com', `${NOT} (a dot in the wrong place)`],
		['mia.@example.com', `${NOT} (a dot in the wrong place)`],
		['mi..a@example.com', `${NOT} (a dot in the wrong place)`],
		['mia@example..com', `${NOT} (a dot in the wrong place)`],
		['mia@.example.com', `${NOT} (a dot in the wrong place)`],
		['mia@example.com..', `${NOT} (a dot in the wrong place)`],
		['mia@-example.com', `${NOT} (a character that a domain cannot have)`],
		['mia@exa!mple.com', `${NOT} (a character that a domain cannot have)`],
		["mia@example.com'", `${NOT} (a character that a domain cannot have)`],
		["'mia@example.com", `${NOT} (a character that an address cannot have)`],
		['mia[1]@example.com', `${NOT} (a character that an address cannot have)`],
		[`${'m'.repeat(400)}@example.com`, `${NOT} (too long)`],
		[`mia@${'e'.repeat(64)}.com`, `${NOT} (too long)`],
		['mia roe@example.com', `${NOT} (space inside, or a name without < > around the address)`],
		['Mia mia@example.com', `${NOT} (space inside, or a name without < > around the address)`],
		['mia @example.com', `${NOT} (space inside, or a name without < > around the address)`],
		['"mia roe"@example.com', `${NOT} (a quote or an encoded word inside)`],
		['=?UTF-8?Q?mia?=@example.com', `${NOT} (a quote or an encoded word inside)`],
		['<=?UTF-8?Q?mia?=@example.com>', `${NOT} (an encoded word)`],
		['=?UTF-8?B?bWlhQGV4YW1wbGUuY29t?=', `${NOT} (no @)`],
		['{{$json.user}}@example.com', `${NOT} (an expression that was not evaluated)`],
		['Mia <>', `${NOT} (empty)`],
		['Mia <mia>', `${NOT} (no @)`],
		['Mia <mia@example.com> Roe', `${NOT} (text after the address)`],
		['Mia <mia@example.com> Bob <bob@example.org>', `${NOT} (two without a comma between them)`],
		['bob@example.org <mia@example.com>', `${NOT} (two without a comma between them)`],
		['mia@example.com (or bob@example.org)', `${NOT} (two without a comma between them)`],
		['Team: mia@example.com, bob@example.org;', `${NOT} (a label or a group name before it)`],
		['Cc: Mia <mia@example.com>', `${NOT} (a label or a group name before it)`],
		['undisclosed-recipients:;', `${NOT} (a label or a group name before it)`],
		['mailto:mia@example.com?cc=bob', `${NOT} (a link with further recipients)`],
		['mailto:mia@example.com?x=1,bob@example.org', `${NOT} (a link with further recipients)`],
		['mailto:%E9@example.com', `${NOT} (a link that cannot be read)`],
		[
			'"Mia" Roe "mia@example.com"',
			`${NOT} (space inside, or a name without < > around the address)`,
		],
		['"Mia <mia@example.com', 'has a " without its counterpart'],
		['Mia <mia@example.com', 'has a < without its counterpart'],
		['Mia mia@example.com>', 'has a > without its counterpart'],
		['mia@example.com (Mia', 'has a ( without its counterpart'],
		['mia@example.com Mia)', 'has a ) without its counterpart'],
		['"Roe <mia@example.com>\nLee" <ann@example.org>', 'has a line break inside quotes'],
		['=?x-none?Q?Mia?= <mia@example.com>', 'has a name in an encoding that cannot be read'],
		['=?UTF-8?B?***?= <mia@example.com>', 'has a name in an encoding that cannot be read'],
		[
			'=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fa=3F=3D?= <mia@example.com>',
			'has a name in an encoding that cannot be read',
		],
	])('%j', (value, refused) => {
		expect(readAddressList(value)).toMatchObject({ refused });
	});

	test.each<[unknown, string]>([
		[42, `${NOT} (a number)`],
		[true, 'must be text or a list, not a boolean'],
		[new Date(0), 'must be text or a list, not a date'],
		[{}, `${NOT} (an object without an email)`],
		[{ name: 'Mia' }, `${NOT} (an object without an email)`],
		[{ email: null, name: 'Mia' }, `${NOT} (an object without an email)`],
		[{ email: '' }, `${NOT} (an object that needs exactly one email)`],
		[
			{ email: 'mia@example.com, bob@example.org' },
			`${NOT} (an object that needs exactly one email)`,
		],
		[{ email: 'mia@example.com', name: {} }, 'has a name that is not text'],
		[{ value: [{ value: [] }] }, `${NOT} (an object without an email)`],
		[['mia@example.com', undefined], 'has an empty entry in its list'],
		['["mia@example.com", null]', 'has an empty entry in its list'],
		[[[['mia@example.com']]], 'has lists nested too deeply'],
		['[object Object]', 'has an object that was turned into text'],
	])('%j', (value, refused) => {
		expect(readAddressList(value)).toMatchObject({ refused });
	});

	test('the entry that is wrong is named, cut to 80 characters on one line', () => {
		expect(readAddressList('mia@example.com, Bob\u200B bob@, ann@x.org')).toMatchObject({
			entry: 'Bob bob@',
		});
		const { entry } = readAddressList(`a\u0007 ${'😀'.repeat(100)}`) as { entry: string };
		expect(entry).toBe(`a ${'😀'.repeat(77)}…`);
		expect(readAddressList({ name: 'Mia' })).toMatchObject({ entry: '{"name":"Mia"}' });
		const circular: Record<string, unknown> = {};
		circular.self = circular;
		expect(readAddressList(circular)).toMatchObject({ entry: 'object' });
	});

	test('a name without an address between commas is no part of the next name', () => {
		expect(readAddressList('Roe, Mia <mia@example.com>')).toMatchObject({ entry: 'Roe' });
		expect(readAddressList('x1, Mia <mia@example.com>; b@x.org')).toMatchObject({ entry: 'x1' });
		expect(readAddressList('ann,\nMia <mia@example.com>')).toMatchObject({ entry: 'ann' });
		expect(readAddressList('bob, Roe, Mia <mia@example.com>; b@x.org')).toMatchObject({
			entry: 'bob',
		});
	});
});

describe('a person as text', () => {
	test.each([
		[undefined, 'mia@example.com'],
		['', 'mia@example.com'],
		['MIA@example.com', 'mia@example.com'],
		['Mia Roe', 'Mia Roe <mia@example.com>'],
		["Dr. Pat O'Roe-Lee", "Dr. Pat O'Roe-Lee <mia@example.com>"],
		['Roe, Mia', '"Roe, Mia" <mia@example.com>'],
		['Mia "M" \\ Roe', '"Mia \\"M\\" \\\\ Roe" <mia@example.com>'],
		['mia@home', '"mia@home" <mia@example.com>'],
		['Mia (Sales)', '"Mia (Sales)" <mia@example.com>'],
		['Mia\r\nRoe', 'Mia Roe <mia@example.com>'],
		['=?UTF-8?Q?Mia_M=C3=BCller?=', 'Mia Müller <mia@example.com>'],
		['"Roe, Mia"', '"Roe, Mia" <mia@example.com>'],
		['=?x-none?Q?Mia?=', '"=?x-none?Q?Mia?=" <mia@example.com>'],
	])('%j', (name, written) => {
		expect(writePerson({ email: 'mia@example.com', name })).toBe(written);
	});
});
