const OTHER_CHARACTER = /[^A-Za-z0-9+/]/;
/** What natural language consists of, and base64 only by chance; a line of wrapped base64 is longer. */
const WORD = /^([A-Z]?[a-z]+|[A-Z]+|[0-9]+)$/;
const LONGEST_WORD = 30;

/**
 * The standard form (RFC 4648 §4, padded, one line) of base64 that may be wrapped, URL-safe or without its padding, or
 * whose '+' a web form has turned into spaces. The same string, not a copy, when it is in that form already.
 * @returns undefined when the text is not base64, or could mean different bytes: 'Dear Anna' is not, though it would decode
 */
export function standardBase64(text: string): string | undefined {
	const trimmed = text.trim();
	return /\s/.test(trimmed) ? joinLines(trimmed) : complete(trimmed);
}

/** Bytes that base64 in its standard form stands for. */
export function decodedSize(base64: string): number {
	const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
	return (base64.length / 4) * 3 - padding;
}

function joinLines(text: string): string | undefined {
	const lines = text.split(/\s+/);
	const isLanguage = lines.every((line) => line.length <= LONGEST_WORD && WORD.test(line));
	if (isLanguage && !text.endsWith('=')) return undefined;
	const readings = [lines.join('')];
	if (!isWrapped(lines) && !/[^\S ]|[+]/.test(text)) readings.push(text.replaceAll(' ', '+'));
	const meant = readings.map(complete).filter((reading) => reading !== undefined);
	return meant.length === 1 ? meant[0] : undefined;
}

/** Whether all lines have the same length, but for a shorter last one. */
function isWrapped(lines: string[]): boolean {
	const { length } = lines[0];
	return lines.every((line, at) =>
		at === lines.length - 1 ? line.length <= length : line.length === length,
	);
}

function complete(text: string): string | undefined {
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const given = padding > 0 ? text.slice(0, -padding) : text;
	const digits = standardDigits(given);
	if (digits === undefined || OTHER_CHARACTER.test(digits)) return undefined;
	const rest = digits.length % 4;
	if (rest === 1 || (padding > 0 && rest + padding !== 4)) return undefined;
	const last = digits.slice(digits.length - rest);
	const group = Buffer.from(last, 'base64').toString('base64');
	const isExact = group.startsWith(last);
	if (isExact && digits === given && padding === (4 - rest) % 4) return text;
	// An encoder leaves the unused bits of the last character 0; the last letter of a word rarely does.
	return isExact || padding > 0 ? digits.slice(0, digits.length - rest) + group : undefined;
}

/** With '+' and '/'; undefined when both alphabets occur, which no encoder writes. */
function standardDigits(text: string): string | undefined {
	if (!/[-_]/.test(text)) return text;
	return /[+/]/.test(text) ? undefined : text.replaceAll('-', '+').replaceAll('_', '/');
}
