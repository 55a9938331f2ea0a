const ZONE = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
/** Beyond 2200 a number is no date but a mistake, and would stand above every mail to come. */
const LATEST = Date.UTC(2200, 0);

/**
 * A time of the API in milliseconds; undefined when it is missing or unreadable.
 * API: ISO 8601, with `Z`, `+00:00` or `.000Z`; a text without a zone is taken for UTC, because this machine's own
 * zone says nothing about the server's.
 */
export function readTime(value: unknown): number | undefined {
	const ms = typeof value === 'string' ? parse(value.trim()) : Number.NaN;
	return Number.isFinite(ms) && ms > 0 && ms < LATEST ? ms : undefined;
}

function parse(text: string): number {
	if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return Date.parse(text);
	const [day, clock = '00:00:00'] = text.replace(' ', 'T').split('T');
	const zoned = ZONE.test(clock) ? clock : `${clock}Z`;
	return Date.parse(`${day}T${zoned.replace(/([+-]\d{2})$/, '$1:00')}`);
}

/** Clocks of one server may be apart by so much. */
const TOLERANCE_MS = 10 * 60_000;

/**
 * The newer of two times, unless the second lies in the future of the server's own clock: one mail with a wrong date must
 * not lift the floor above all mail to come.
 */
export function newerTime(newest: number, time = 0, serverTime = Infinity): number {
	return time > newest && time <= serverTime + TOLERANCE_MS ? time : newest;
}
