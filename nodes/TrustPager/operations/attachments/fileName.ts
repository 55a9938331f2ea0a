/** What file systems allow at most, in bytes of UTF-8. */
const MAX_BYTES = 255;
/** Control characters, line separators, half characters, and marks that show a name in another order than it has. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const EXTENSION = /\.[A-Za-z0-9]{1,15}$/;

/**
 * A name as a recipient may save it: without folders, control characters and line breaks, at most 255 bytes long.
 * @returns '' when nothing is left of it
 */
export function cleanFileName(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number') return '';
	const printable = String(value).replace(UNPRINTABLE, '');
	const name = (printable.split(/[/\\]/).pop() ?? '').trim();
	return /^\.*$/.test(name) ? '' : shorten(name);
}

/** Adds an extension, unless the name has it already or it is none. */
export function withExtension(name: string, extension: unknown): string {
	const suffix = `.${String(extension ?? '').replace(/^\./, '')}`;
	const isNew = EXTENSION.test(suffix) && !name.toLowerCase().endsWith(suffix.toLowerCase());
	return isNew ? shorten(name + suffix) : name;
}

function shorten(name: string): string {
	if (Buffer.byteLength(name) <= MAX_BYTES) return name;
	const extension = EXTENSION.exec(name)?.[0] ?? '';
	let stem = '';
	let room = MAX_BYTES - extension.length;
	for (const character of name.slice(0, name.length - extension.length)) {
		room -= Buffer.byteLength(character);
		if (room < 0) break;
		stem += character;
	}
	return stem.trimEnd() + extension;
}
