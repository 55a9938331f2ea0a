import fc from 'fast-check';

import type { Person } from '../../nodes/TrustPager/parameters/readers/addressList';
import {
	readAddressList,
	writePerson,
} from '../../nodes/TrustPager/parameters/readers/addressList';
import { readIdList } from '../../nodes/TrustPager/parameters/readers/idList';
import { isRefusal } from '../../nodes/TrustPager/parameters/readers/refusal';
import { readSenderFilter } from '../../nodes/TrustPager/parameters/readers/senderFilter';
import { readSingleLine } from '../../nodes/TrustPager/parameters/readers/singleLine';

const NEVER = /[\s\p{C}<>()[\]",;:\\]|\.\.|@\.|\.@|=\?|^\.|\.$/u;
const PIECES = [
	...[
		'<',
		'>',
		'"',
		'(',
		')',
		',',
		';',
		':',
		'\n',
		' ',
		"'",
		'\\',
		'.',
		'@',
		'=?',
		'?=',
		'“',
		'”',
		'[',
	],
	...[
		'Mia',
		'Roe',
		'mailto:',
		'?subject=',
		'=?UTF-8?Q?M=C3=BC?=',
		'\u200B',
		'\u00A0',
		'\0',
		'{',
		']',
	],
	...['a1@x.de', 'b2@x.de', '<c3@x.de>', 'd4@x.de', '<e5@x.de>', 'Mia <f6@x.de>'],
];
const fuzz = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));
const text = fc.oneof(fuzz, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const email = fc
	.tuple(
		fc.stringMatching(/^[a-zäé][a-z0-9+_'-]{0,5}(?:\.[a-z0-9]{1,4})?$/),
		fc.stringMatching(/^[a-zö][a-z0-9]{0,5}\.(?:de|com)$/),
	)
	.map(([local, domain]) => `${local}@${domain}`);
const name = fc
	.array(
		fc.constantFrom(
			'Mia',
			'Roe',
			', ',
			'"',
			'\\',
			'(',
			')',
			'<',
			'>',
			'@',
			';',
			':',
			"'",
			'“',
			' ',
			'👩‍💻',
			'=?',
			'x@y.de',
			'[',
			'田',
		),
		{ maxLength: 8 },
	)
	.map((parts) => `M${parts.join('')}M`.replace(/ +/g, ' '));
const runs = { numRuns: 3000 };

function peopleOf(value: unknown): Person[] {
	const list = readAddressList(value);
	if (isRefusal(list)) throw new Error(`refused: ${list.refused}: ${list.entry}`);
	return list.people;
}

describe('whatever is given', () => {
	test('no reader throws, and entries of errors are short', () => {
		const anything = fc.oneof(
			fc.anything({ withDate: true, withNullPrototype: true, withBigInt: true }),
			text,
		);
		fc.assert(
			fc.property(anything, (value) => {
				for (const read of [readAddressList, readIdList, readSenderFilter]) {
					const result = read(value);
					if (isRefusal(result)) expect([...result.entry].length).toBeLessThanOrEqual(80);
				}
			}),
			runs,
		);
	});

	test('every address has a shape that can be sent, and stands there once', () => {
		fc.assert(
			fc.property(text, (value) => {
				const list = readAddressList(value);
				if (isRefusal(list)) return;
				for (const person of list.people) {
					expect(person.email).not.toMatch(NEVER);
					expect(person.email).toMatch(/^[^@]+@[^@]+\.[^@.]+$/);
					expect(person.name ?? '').not.toMatch(/[\p{Cc}\p{Cs}]|^\s|\s$/u);
				}
				const keys = list.people.map((person) => person.email.toLowerCase());
				expect(new Set(keys).size).toBe(keys.length);
			}),
			runs,
		);
	});

	test('no recipient is dropped: an address is read, visible in a name, or all is refused', () => {
		let read = 0;
		fc.assert(
			fc.property(fuzz, (value) => {
				const list = readAddressList(value);
				if (isRefusal(list)) return;
				read++;
				const all = JSON.stringify(list.people);
				for (const [address] of value.matchAll(/\w\d@x\.de/g)) expect(all).toContain(address);
			}),
			{ numRuns: 20_000 },
		);
		expect(read).toBeGreaterThan(1000);
	});

	test('a line is one line, and reading it again changes nothing', () => {
		fc.assert(
			fc.property(text, (value) => {
				const line = readSingleLine(value);
				expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]|^\s|\s$/u);
				expect(readSingleLine(line)).toBe(line);
			}),
			runs,
		);
	});
});

describe('round trips', () => {
	test('a person that was written is read as the same person, alone and among others', () => {
		const people = fc.uniqueArray(fc.record({ email, name }), {
			minLength: 1,
			maxLength: 4,
			selector: (person) => person.email.toLowerCase(),
		});
		fc.assert(
			fc.property(people, fc.constantFrom(', ', ';', '\n', ',\n'), (given, separator) => {
				expect(peopleOf(given.map(writePerson).join(separator))).toEqual(given);
			}),
			runs,
		);
	});

	test('what was read from any text is read again from what is written of it', () => {
		fc.assert(
			fc.property(text, (value) => {
				const list = readAddressList(value);
				if (isRefusal(list)) return;
				expect(peopleOf(list.people.map(writePerson).join(', '))).toEqual(list.people);
				expect(peopleOf(list.people)).toEqual(list.people);
				expect(peopleOf(JSON.stringify(list.people))).toEqual(list.people);
			}),
			runs,
		);
	});

	test('ids are the same in every form', () => {
		const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 });
		const forms = fc.constantFrom<(ids: string[]) => unknown>(
			(all) => all,
			(all) => all.map((id) => ({ id })),
			(all) => JSON.stringify(all),
			(all) => all.join(', '),
			(all) => all.map((id) => `"${id}"`).join(';\n'),
		);
		fc.assert(
			fc.property(ids, forms, (given, form) => {
				expect(readIdList(form(given))).toEqual({ ids: given });
			}),
		);
	});
});
