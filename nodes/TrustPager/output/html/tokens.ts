import { decodeReferences } from './entities';

/** Attributes in lower case with their first value; only those that `textOfHtml` needs. */
export type Attributes = ReadonlyMap<string, string>;

export type Token =
	| { kind: 'text'; text: string }
	| { kind: 'start'; name: string; attributes: Attributes }
	| { kind: 'end'; name: string };

const WANTED = new Set(['alt', 'hidden', 'start', 'style']);
const SPACE = ' \t\n\f\r';
const NAME_END = SPACE + '/>';
/** Elements whose content is no markup and is not shown. HTML standard: "raw text", `noscript` where scripts run. */
const RAW = new Set(['iframe', 'noscript', 'script', 'style', 'title']);

/**
 * HTML as a browser's tokenizer reads it: comments of all kinds left out, references decoded, names in lower case.
 * Where a browser would swallow words behind an unclosed quote, the tag ends at its first `>` instead. A tag that the
 * end of the text cuts off is left out. Each character is read a bounded number of times.
 */
export function* tokensOf(html: string): Generator<Token> {
	let at = 0;
	while (at < html.length) {
		const markup = nextMarkup(html, at);
		if (markup > at) yield { kind: 'text', text: decodeReferences(html.slice(at, markup)) };
		const isEnd = html.charAt(markup + 1) === '/';
		const nameStart = markup + (isEnd ? 2 : 1);
		if (!isLetter(html.charAt(nameStart))) {
			at = endOfComment(html, markup);
			continue;
		}
		const tag = readTag(html, nameStart);
		if (tag === undefined) return;
		const { name, attributes } = tag;
		yield isEnd ? { kind: 'end', name } : { kind: 'start', name, attributes };
		at = tag.end;
		if (isEnd) continue;
		if (RAW.has(name)) at = endOfRawText(html, name, at);
	}
}

const isLetter = (character: string) => /[a-z]/i.test(character);

/** Where the next `<` stands that begins a tag or a comment (also one that the end cuts off). */
function nextMarkup(html: string, from: number): number {
	for (let at = html.indexOf('<', from); at !== -1; at = html.indexOf('<', at + 1)) {
		const next = html.charAt(at + 1);
		if (next === '' || '!/?'.includes(next) || isLetter(next)) return at;
	}
	return html.length;
}

/** Behind `<!-- … -->`, `<![endif]>`, `<!DOCTYPE …>`, `<?xml …>` or `</…>`. */
function endOfComment(html: string, at: number): number {
	if (!html.startsWith('<!--', at)) return behind(html, '>', at + 1);
	if (html.startsWith('>', at + 4)) return at + 5;
	// The dashes of the beginning may be those of the end: `<!--->`.
	for (let end = html.indexOf('--', at + 3); end !== -1; end = html.indexOf('--', end + 1)) {
		if (html.startsWith('>', end + 2)) return end + 3;
		if (html.startsWith('!>', end + 2)) return end + 4;
	}
	return html.length;
}

function behind(html: string, mark: string, from: number): number {
	const at = html.indexOf(mark, from);
	return at === -1 ? html.length : at + mark.length;
}

/** Where the end tag of that name begins. */
function endOfRawText(html: string, name: string, from: number): number {
	for (let at = html.indexOf('</', from); at !== -1; at = html.indexOf('</', at + 2)) {
		const end = at + 2 + name.length;
		if (html.slice(at + 2, end).toLowerCase() === name && NAME_END.includes(html.charAt(end)))
			return at;
	}
	return html.length;
}

/** The tag whose name begins at `from`; undefined when the text ends within it. */
function readTag(html: string, from: number) {
	const nameEnd = skipTo(html, from, NAME_END);
	const attributes = new Map<string, string>();
	let at = nameEnd;
	for (;;) {
		at = skip(html, at, SPACE + '/');
		if (at >= html.length) return undefined;
		if (html.charAt(at) === '>') break;
		const start = at;
		at = skipTo(html, at + 1, NAME_END + '=');
		const attribute = html.slice(start, at).toLowerCase();
		const equals = skip(html, at, SPACE);
		const value = html.charAt(equals) === '=' ? readValue(html, equals + 1) : { text: '', end: at };
		if (WANTED.has(attribute) && !attributes.has(attribute)) {
			attributes.set(attribute, decodeReferences(value.text));
		}
		at = value.end;
	}
	return { name: html.slice(from, nameEnd).toLowerCase(), attributes, end: at + 1 };
}

function readValue(html: string, from: number): { text: string; end: number } {
	const start = skip(html, from, SPACE);
	const quote = html.charAt(start);
	if (quote !== '"' && quote !== "'") {
		const end = skipTo(html, start, SPACE + '>');
		return { text: html.slice(start, end), end };
	}
	const close = html.indexOf(quote, start + 1);
	const text = html.slice(start + 1, close === -1 ? undefined : close);
	const tagEnd = text.indexOf('>');
	// Without its closing quote, a value reaches to the opening quote of another attribute or to the end.
	const isUnclosed = close === -1 ? text.includes('<', tagEnd) : text.endsWith('=');
	if (tagEnd !== -1 && isUnclosed) return { text: text.slice(0, tagEnd), end: start + 1 + tagEnd };
	return { text, end: close === -1 ? html.length : close + 1 };
}

/** The first place from `at` whose character is not one of these. */
function skip(html: string, at: number, characters: string): number {
	let end = at;
	while (end < html.length && characters.includes(html.charAt(end))) end++;
	return end;
}

/** The first place from `at` whose character is one of these. */
function skipTo(html: string, at: number, characters: string): number {
	let end = at;
	while (end < html.length && !characters.includes(html.charAt(end))) end++;
	return end;
}
