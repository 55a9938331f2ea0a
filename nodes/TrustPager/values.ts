import type { IDataObject } from 'n8n-workflow';

/** Narrows to a plain object: not null, not an array. Answers of a server can be anything. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A non-empty string, trimmed; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}

/**
 * Whether an ID can be one segment of a URL without changing which endpoint is called.
 * Encoding alone is not enough: `..` stays `..`, and an empty ID turns "get one" into "get many".
 */
export function isSafeId(id: string): boolean {
	return id !== '' && id !== '.' && id !== '..' && !/[/\\\p{Cc}]/u.test(id);
}

const ZONE = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
/** The zone at the end of a time that is not ISO 8601, as HTTP and mail headers write it: `GMT`, `+0000 (UTC)`. */
const NAMED_ZONE = /(?<![A-Z])(?!AM|PM)[A-Z]{1,4}$|[+-]\d{2}:?\d{2}(\s*\([^)]*\))?$/i;
/** A later date is a mistake, and would sort above all mail to come. */
const LATEST = Date.UTC(2200, 0);

/**
 * A time of the API in milliseconds; undefined when it is missing or unreadable.
 * API: ISO 8601, with `Z`, `+00:00` or `.000Z`. A time without a zone is UTC: this machine's own zone says nothing
 * about the server's.
 */
export function readTime(value: unknown): number | undefined {
	const ms = typeof value === 'string' ? parseTime(value.trim()) : Number.NaN;
	return Number.isFinite(ms) && ms > 0 && ms < LATEST ? ms : undefined;
}

function parseTime(text: string): number {
	if (!/^\d{4}-\d{2}-\d{2}/.test(text))
		return Date.parse(NAMED_ZONE.test(text) ? text : `${text} UTC`);
	const [day, clock = '00:00:00'] = text.replace(' ', 'T').split('T');
	const zoned = ZONE.test(clock) ? clock : `${clock}Z`;
	return Date.parse(`${day}T${zoned.replace(/([+-]\d{2})$/, '$1:00')}`);
}

/**
 * `inbound` or `outbound`, in lower case; undefined when a message does not say.
 * API: the two directions have different fields; only inbound messages have `from_email`.
 */
export function directionOf(message: IDataObject): string | undefined {
	const direction = textOf(message.direction)?.toLowerCase();
	if (direction !== undefined) return direction;
	if (message.sender_email !== undefined) return 'outbound';
	return textOf(message.from_email) === undefined ? undefined : 'inbound';
}
