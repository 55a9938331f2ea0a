/**
 * Characters that show nothing: soft hyphen, zero-width characters, byte order mark, marks of writing direction, fillers.
 * Variation selectors and tags are not among them: they are parts of emoji.
 */
const UNSEEN = '\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B\\u200E\\u200F';
const UNSEEN_TOO = '\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0';
/** They show nothing either, but join emoji and separate the letters of Persian and Indian words. */
const JOINERS = '\\u200C\\u200D';

const INVISIBLE = new RegExp(`[${UNSEEN}${UNSEEN_TOO}]`, 'gu');
/** What `trimInvisible` takes away, as a class of a regular expression. */
export const BLANK = `[\\s${UNSEEN}${UNSEEN_TOO}${JOINERS}]`;
const AT_THE_ENDS = new RegExp(BLANK, 'u');
const ALL_INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Control characters other than tab and line feed. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;
/** Half a character, e.g. of an emoji that was cut in two. No encoding can carry it. */
const LONE_SURROGATE = /\p{Cs}/gu;

/** Every kind of line break (CR, vertical tab, U+2028 …) as `\n`; other control characters and halves of characters removed. */
export function plainLines(text: string): string {
	return text.replace(LINE_BREAK, '\n').replace(CONTROL, '').replace(LONE_SURROGATE, '');
}

/** Without characters that show nothing. Joiners inside stay: names and emoji need them. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/** Without any character that shows nothing, for what is read by machines only. */
export function withoutAnyInvisible(text: string): string {
	return text.replace(ALL_INVISIBLE, '');
}

/** Trimmed of spaces and of characters that show nothing. */
export function trimInvisible(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && AT_THE_ENDS.test(text[start])) start++;
	while (end > start && AT_THE_ENDS.test(text[end - 1])) end--;
	return text.slice(start, end);
}
