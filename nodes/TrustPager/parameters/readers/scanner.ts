import type { Refusal } from './refusal';
import { refuse } from './refusal';

export interface Token {
	/** What stands between spaces; in double or single quotes; in ( ); in < >; the address of a mailto link. */
	kind: 'word' | 'quoted' | 'comment' | 'angle' | 'link';
	/** Without its delimiters; escapes resolved in quoted strings and comments. */
	text: string;
	/** Whether nothing stands between it and the token before it. */
	glued: boolean;
}

/** What stands between two separators. */
export interface Entry {
	tokens: Token[];
	/** As it was written. */
	raw: string;
	/** What follows: a comma, a semicolon or line break, or the end of the text. */
	separator: ',' | ';' | '';
}

const CLOSING: Record<string, string> = { '"': '"', '“': '”', '”': '”', '„': '“”' };
const WORD = /[^\s"“”„<>＜＞(),，、;；]+/y;
/** One token, whatever commas or brackets mailers leave in it. */
const ENCODED_WORD = /=\?[^?\s]+\?[bq]\?[^?\n]*\?=/iy;
/** At the start of an entry only, and only around all of it or of its name: elsewhere it is an apostrophe. */
const SINGLE_QUOTED = /['‘]([^'‘’<>"\n]*)['’](?=\s*(?:[<＜,，、;；\n]|$))/y;
const LINK = /mailto:[^?\s<>",;]*(?:\?[^\s<>"]*[^\s<>",;])?/iy;
const BREAKS = /\n\s*/y;
const SPACES = /[^\S\n]+/y;

/**
 * Splits what people write as recipients at commas, semicolons and line breaks outside quotes, comments and brackets,
 * in time linear in its length. Line breaks have to be `\n`. A header's folded lines are joined again.
 */
export function scanEntries(text: string): Entry[] | Refusal {
	return new Scanner(text).scan();
}

/** Whether semicolons or line breaks separate the entries, at least one of them. */
export function isDelimited(entries: Entry[]): boolean {
	return entries.some(({ separator }) => separator === ';');
}

class Scanner {
	private readonly entries: Entry[] = [];
	private tokens: Token[] = [];
	private at = 0;
	private start = 0;
	private glued = false;
	private hasAddress = false;

	constructor(private readonly text: string) {}

	scan(): Entry[] | Refusal {
		while (this.at < this.text.length) {
			const fault = this.step();
			if (fault !== undefined) return refuse(fault, this.text.slice(this.start));
		}
		this.endEntry('');
		return this.entries;
	}

	/** Reads one token, one separator or one run of spaces; the reason when that is impossible. */
	private step(): string | undefined {
		if (this.take(SPACES)) this.glued = false;
		else if (this.text[this.at] === '\n') this.lineBreak();
		else if (/[,，、;；]/.test(this.text[this.at])) this.separator();
		else return this.token();
		return undefined;
	}

	private token(): string | undefined {
		const { at, text } = this;
		const isFirst = this.tokens.length === 0;
		const single = isFirst ? this.take(SINGLE_QUOTED) : undefined;
		if (single) return this.push('quoted', single[1]);
		if (text[at] in CLOSING) return this.quoted(CLOSING[text[at]]);
		if (text[at] === '(') return this.comment();
		if (/[<＜]/.test(text[at])) return this.angle();
		const link = isFirst ? this.take(LINK) : undefined;
		if (link) return this.push('link', link[0]);
		const word = this.take(ENCODED_WORD) ?? this.take(WORD);
		if (word) return this.push('word', word[0]);
		return `has a ${text[at]} without its counterpart`;
	}

	private quoted(closing: string): string | undefined {
		const opening = this.text[this.at];
		const read = this.until((character) => closing.includes(character), opening === '"');
		if (read === undefined) return `has a ${opening} without its counterpart`;
		// A quote that was forgotten would swallow the recipients of whole lines.
		if (/\n(?![ \t])/.test(read)) return 'has a line break inside quotes';
		return this.push('quoted', read);
	}

	private comment(): string | undefined {
		let depth = 0;
		const read = this.until((character) => {
			if (character === '(') depth++;
			return character === ')' && depth-- === 0;
		}, true);
		return read === undefined
			? 'has a ( without its counterpart'
			: this.push('comment', read.replaceAll('\n', ' '));
	}

	private angle(): string | undefined {
		const read = this.until((character) => /[>＞]/.test(character), false);
		return read === undefined ? 'has a < without its counterpart' : this.push('angle', read);
	}

	/** From behind the current character to the closing one, which is consumed. */
	private until(closes: (character: string) => boolean, escapes: boolean): string | undefined {
		const parts: string[] = [];
		for (let at = this.at + 1; at < this.text.length; at++) {
			if (escapes && this.text[at] === '\\' && at + 1 < this.text.length) at++;
			else if (closes(this.text[at])) {
				this.at = at + 1;
				return parts.join('');
			}
			parts.push(this.text[at]);
		}
		return undefined;
	}

	private push(kind: Token['kind'], text: string): undefined {
		this.tokens.push({ kind, text, glued: this.glued });
		this.glued = true;
		this.hasAddress ||=
			kind === 'angle' || kind === 'link' || (kind === 'word' && /[@＠]/.test(text));
	}

	/** Folded, as headers are, when an entry cannot end here: it has no address yet and goes on, or a comment follows. */
	private lineBreak(): void {
		const from = this.at;
		this.take(BREAKS);
		const next = this.text.slice(this.at, this.at + 2);
		const goesOn = next.startsWith('(') || (!this.hasAddress && /^(?:<|=\?)/.test(next));
		if (this.tokens.length > 0 && goesOn) this.glued = false;
		else this.endEntry(';', from);
	}

	private separator(): void {
		const separator = /[;；]/.test(this.text[this.at]) ? ';' : ',';
		this.at++;
		this.endEntry(separator, this.at - 1);
	}

	private endEntry(separator: Entry['separator'], end = this.at): void {
		const raw = this.text.slice(this.start, end).trim();
		const before = this.entries[this.entries.length - 1];
		if (this.tokens.length > 0) this.entries.push({ tokens: this.tokens, raw, separator });
		else if (separator === ';' && before) before.separator = ';';
		this.tokens = [];
		this.start = this.at;
		this.glued = false;
		this.hasAddress = false;
	}

	private take(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.at;
		const match = pattern.exec(this.text);
		if (match === null) return undefined;
		this.at = pattern.lastIndex;
		return match;
	}
}
