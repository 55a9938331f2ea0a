import type { IDataObject } from 'n8n-workflow';

import { notAnAddress, readEntry } from './entry';
import { isDelimited, scanEntries } from './scanner';
import { plainLines, withoutInvisible } from './characters';
import { listEntries } from './listEntries';
import { joinNames } from './nameCommas';
import type { Person } from './person';
import { makePerson, readName } from './person';
import type { Refusal } from './refusal';
import { isRefusal, refuse } from './refusal';

export type { Person } from './person';
export { writePerson } from './person';

export type AddressList = { people: Person[] } | Refusal;

/**
 * Recipients as people write them: text (`Mia <mia@example.com>; bob@example.com`, one per line, header forms with encoded
 * words and comments, `mailto:` links), a list of texts, objects with `email` and `name`, or JSON text of these. In order,
 * each address once, all of them in a shape that can be sent; an empty list for a value that holds nothing.
 * What cannot be read is refused, never left out.
 *
 * An own parser: those of nodemailer, postal-mime and email-addresses are 20 kB or more, and take a recipient without a
 * comma before it for a name, or refuse semicolons.
 */
export function readAddressList(value: unknown): AddressList {
	return readList(value, readGroup);
}

function readList(value: unknown, readRow: (row: IDataObject) => Person[] | Refusal): AddressList {
	const list = listEntries(value);
	if (isRefusal(list)) return list;
	const people = new Map<string, Person>();
	for (const entry of list.entries) {
		const read = typeof entry === 'object' ? readRow(entry) : readScalar(entry, list.isList);
		if (isRefusal(read)) return read;
		for (const person of read) addOnce(people, person);
	}
	return { people: [...people.values()] };
}

function addOnce(people: Map<string, Person>, person: Person): void {
	const key = person.email.toLowerCase();
	const known = people.get(key);
	if (known === undefined) people.set(key, person);
	else if (known.name === undefined) people.set(key, makePerson(known.email, person.name ?? ''));
}

function readScalar(entry: string | number, isListed: boolean): Person[] | Refusal {
	return typeof entry === 'string' ? readText(entry, isListed) : notAnAddress('a number', entry);
}

/** `isListed`: whether the text is one of several, so that a comma need not separate people. */
function readText(text: string, isListed: boolean): Person[] | Refusal {
	const scanned = scanEntries(withoutInvisible(plainLines(text)));
	if (isRefusal(scanned)) return scanned;
	const people: Person[] = [];
	const entries = isListed || isDelimited(scanned) ? joinNames(scanned) : scanned;
	for (const entry of entries) {
		const read = readEntry(entry);
		if (isRefusal(read)) return read;
		for (const person of read) people.push(person);
	}
	return people;
}

/** What n8n's own mail triggers give: `{ value: [{ address, name }], html, text }`. */
function readGroup(row: IDataObject): Person[] | Refusal {
	if (!Array.isArray(row.value)) return readPerson(row);
	const list = readList(row.value, readPerson);
	return isRefusal(list) ? list : list.people;
}

/** `{ email, name }`, or `{ address, name }` as mail parsers give it. */
function readPerson(row: IDataObject): Person[] | Refusal {
	const email = row.email ?? row.address;
	if (typeof email !== 'string') return notAnAddress('an object without an email', row);
	const read = readText(email, true);
	if (isRefusal(read)) return read;
	if (read.length !== 1) return notAnAddress('an object that needs exactly one email', row);
	const given = row.name ?? '';
	if (typeof given !== 'string' && typeof given !== 'number')
		return refuse('has a name that is not text', row);
	const name = readName(String(given));
	if (name === undefined) return refuse('has a name in an encoding that cannot be read', given);
	return [name === '' ? read[0] : makePerson(read[0].email, name)];
}
