import { plainLines, trimInvisible, withoutInvisible } from './characters';
import { decodeWords, hasEncodedWord } from './encodedWords';

export interface Person {
	email: string;
	/** Left out when there is none, or when it only repeats the address. */
	name?: string;
}

const QUOTES = ['""', "''", '“”', '„“', '‘’'];
const NEEDS_NO_QUOTES = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’_-]*$/u;

/**
 * A display name as people read it: encoded words decoded, on one line, without quotes around it. '' when nothing is left,
 * undefined when it is in an encoding that cannot be read. Reading a name again changes nothing.
 */
export function readName(text: string): string | undefined {
	const decoded = decodeWords(tidy(text));
	if (decoded === undefined) return undefined;
	const name = unquote(tidy(decoded));
	return hasEncodedWord(name) ? undefined : name;
}

export function makePerson(email: string, name: string): Person {
	return name === '' || name.toLowerCase() === email.toLowerCase() ? { email } : { email, name };
}

/** A person as text that `readAddressList` reads as the same person: `"Roe, Mia" <mia@example.com>`. */
export function writePerson({ email, name = '' }: Person): string {
	const person = makePerson(email, readName(name) ?? tidy(name));
	if (person.name === undefined) return email;
	return `${quotedName(person.name)} <${email}>`;
}

/** A name as it can stand in a list of people: in quotes when it has a comma or the like. */
export function quotedName(name: string): string {
	return NEEDS_NO_QUOTES.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

function tidy(text: string): string {
	return trimInvisible(withoutInvisible(plainLines(text)))
		.split(/\s+/)
		.join(' ');
}

function unquote(text: string): string {
	const [first, last] = [text[0], text[text.length - 1]];
	const isQuoted = text.length > 1 && QUOTES.includes(`${first}${last}`);
	const inner = text.slice(1, -1);
	if (!isQuoted || inner.includes(first) || inner.includes(last)) return text;
	return unquote(trimInvisible(inner));
}
