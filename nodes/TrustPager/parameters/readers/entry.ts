import type { Entry, Token } from './scanner';
import { scanEntries } from './scanner';
import type { CheckedEmail } from './emailAddress';
import { checkEmail, isEmail } from './emailAddress';
import type { Person } from './person';
import { makePerson, readName } from './person';
import type { Refusal } from './refusal';
import { isRefusal, refuse } from './refusal';

const LINK = /^mailto:([^?]*)(\?.*)?$/is;
/** In a name without quotes it is rather a recipient who lacks a comma. */
const SOME_ADDRESS = /[^\s@]@[^\s@]/;
const OTHER_RECIPIENTS = /@|[?&](?:to|cc|bcc)=/i;

/** The person, or the people with nothing but spaces between them, of one entry. */
export function readEntry(entry: Entry): Person[] | Refusal {
	const at = entry.tokens.findIndex(({ kind }) => kind === 'angle');
	return at === -1 ? readBare(entry) : readAngle(entry, at);
}

export function notAnAddress(reason: string, entry: unknown): Refusal {
	return refuse(`is not an email address (${reason})`, entry);
}

/** `Mia Roe <mia@example.com> (Sales)` */
function readAngle({ tokens, raw }: Entry, at: number): Person[] | Refusal {
	const before = tokens.slice(0, at);
	const after = tokens.slice(at + 1);
	if (after.some(({ kind }) => kind === 'angle'))
		return notAnAddress('two without a comma between them', raw);
	if (after.some(({ kind }) => kind !== 'comment'))
		return notAnAddress('text after the address', raw);
	if (before.some(isLabel)) return notAnAddress('a label or a group name before it', raw);
	return build(raw, readAddress(tokens[at].text.trim()), [...before, ...after]);
}

/** `mia@example.com (Mia Roe)`, `"Roe, Mia" mia@example.com`, `'mia@example.com'` */
function readBare(entry: Entry): Person[] | Refusal {
	const { tokens, raw } = entry;
	const comments = tokens.filter(({ kind }) => kind === 'comment');
	const others = tokens.filter(({ kind }) => kind !== 'comment');
	const [first, second] = others;
	if (others.length === 1 && !isLabel(first)) {
		if (first.kind === 'quoted' && /[<,;]/.test(first.text)) return readQuotedList(entry, first);
		return build(raw, readAddress(first.text), comments);
	}
	if (others.length === 2 && first.kind === 'quoted' && !second.glued)
		return build(raw, readAddress(second.text), [first, ...comments]);
	const areWords = tokens.every(({ kind, glued }) => kind === 'word' && !glued);
	if (areWords && others.every(({ text }) => isEmail(text)))
		return others.flatMap(({ text }) => {
			const checked = checkEmail(text);
			return 'email' in checked ? [{ email: checked.email }] : [];
		});
	const closed = areWords ? joinAtNoBreak(raw) : raw;
	if (closed !== raw && isEmail(closed)) return build(raw, checkEmail(closed), []);
	return notAnAddress(faultOf(others), raw);
}

function faultOf(tokens: Token[]): string {
	if (tokens.some(isLabel)) return 'a label or a group name before it';
	if (tokens.slice(1).some(({ glued }) => glued)) return 'a quote or an encoded word inside';
	if (!tokens.some(({ text }) => text.includes('@'))) return 'no @';
	return 'space inside, or a name without < > around the address';
}

/** An entry that stands in quotes with its name or with others, as in CSV: `"Mia <mia@example.com>"` */
function readQuotedList({ raw, tokens }: Entry, { text }: Token): Person[] | Refusal {
	const entries = scanEntries(text.replaceAll('\n', ' '));
	if (isRefusal(entries)) return entries;
	const isPlain = tokens.length === 1 && entries.every((entry) => !entry.tokens.some(isQuoted));
	if (!isPlain) return notAnAddress('a quote inside', raw);
	const people: Person[] = [];
	for (const entry of entries) {
		const read = readEntry(entry);
		if (isRefusal(read)) return read;
		people.push(...read);
	}
	return people;
}

function readAddress(text: string): CheckedEmail {
	const link = LINK.exec(text);
	if (link === null) return checkEmail(text);
	const [, address, query = ''] = link;
	if (OTHER_RECIPIENTS.test(query)) return { reason: 'a link with further recipients' };
	try {
		return checkEmail(decodeURIComponent(address));
	} catch {
		return { reason: 'a link that cannot be read' };
	}
}

function build(raw: string, checked: CheckedEmail, nameTokens: Token[]): Person[] | Refusal {
	if ('reason' in checked) return notAnAddress(checked.reason, raw);
	const name = readName(phrase(nameTokens));
	if (name === undefined) return refuse('has a name in an encoding that cannot be read', raw);
	const person = makePerson(checked.email, name);
	const isAmbiguous = nameTokens.some(
		({ kind, text }) => kind !== 'quoted' && SOME_ADDRESS.test(text),
	);
	if (person.name !== undefined && isAmbiguous)
		return notAnAddress('two without a comma between them', raw);
	return [person];
}

/** Comments stay visible beside a name: “Mia Roe (Sales)”. */
function phrase(tokens: Token[]): string {
	const hasName = tokens.some(({ kind }) => kind !== 'comment');
	return tokens
		.map(({ kind, text, glued }, index) => {
			const shown = kind === 'comment' && hasName ? `(${text})` : text;
			return index > 0 && !glued ? ` ${shown}` : shown;
		})
		.join('');
}

/** Pages and PDF files leave no-break spaces around the @. Elsewhere one may stand for a space. */
function joinAtNoBreak(text: string): string {
	const parts = text.split(/([\u00A0\u2007\u202F]+)/);
	return parts
		.filter(
			(_, at) => at % 2 === 0 || !(parts[at - 1].endsWith('@') || parts[at + 1].startsWith('@')),
		)
		.join('');
}

function isLabel({ kind, text }: Token): boolean {
	return kind === 'word' && text.endsWith(':');
}

function isQuoted({ kind }: Token): boolean {
	return kind === 'quoted';
}
