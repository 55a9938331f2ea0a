import { isObject } from '../../values';
import type { Refusal } from './refusal';
import { refuse } from './refusal';
import { momentOfLocalTime } from './zonedTime';

/** A date and a time, with or without the offset of its zone; luxon may add the zone's name in brackets. */
const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:(?:T| +)(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/i;
/** `Wed, 03 Jun 2026 09:00:00 GMT`, or `Wed Jun 03 2026 09:00:00 GMT+0200 (…)`: how JavaScript and mail write a time. */
const WORDS =
	/^[a-z]{3},? (?:\d{1,2} [a-z]{3}|[a-z]{3} \d{1,2}) \d{4} \d{2}:\d{2}(?::\d{2})? (?:GMT|UTC|Z)?(?:[+-]\d{4})?(?: \([^)]*\))?$/i;
const ZONED = /(?:GMT|UTC|Z|[+-]\d{4})(?: \([^)]*\))?$/i;

/** As seconds, the year 5138; as milliseconds, 1973. */
const FIRST_MS = 100_000_000_000;
/** The times of the API are read up to there, too. A later one is a mistake. */
const LATEST_MS = Date.UTC(2200, 0);

export type Moment = { ms: number } | Refusal;

/**
 * Reads a moment in any form that n8n gives: the text of its date picker, ISO 8601, a date of an expression (luxon or
 * JavaScript), or the seconds or milliseconds since 1970. A text without a zone is a local time of `zone`, a date alone
 * its midnight there. Orders of day and month that differ between countries are refused.
 * @param zone an IANA time zone that JavaScript knows
 */
export function readMoment(value: unknown, zone: string): Moment {
	const ms = millisecondsOf(value, zone);
	if (ms === undefined || !Number.isFinite(ms)) {
		return refuse('is not a date and time that can be read', value);
	}
	return Math.abs(ms) < LATEST_MS ? { ms } : refuse('is not a time before the year 2200', value);
}

function millisecondsOf(value: unknown, zone: string): number | undefined {
	if (typeof value === 'number') return fromEpoch(value);
	if (typeof value === 'string') return fromText(value.trim(), zone);
	if (value instanceof Date) return value.getTime();
	return isLuxon(value) ? value.toMillis() : undefined;
}

/** A DateTime of `$now` and of expressions; n8n's copy of the library is not this package's to import. */
function isLuxon(value: unknown): value is { toMillis: () => number } {
	return (
		isObject(value) &&
		'isLuxonDateTime' in value &&
		typeof (value as { toMillis?: unknown }).toMillis === 'function'
	);
}

function fromEpoch(value: number): number {
	return Math.abs(value) >= FIRST_MS ? value : value * 1_000;
}

function fromText(text: string, zone: string): number | undefined {
	if (/^\d{10}(\.\d+)?$|^\d{13}$/.test(text)) return fromEpoch(Number(text));
	const iso = ISO.exec(text);
	if (iso) return fromIso(iso.slice(1), zone);
	return WORDS.test(text) && ZONED.test(text) ? Date.parse(text) : undefined;
}

/** Undefined for a day or a time that no calendar and no clock has, such as 30 February. */
function fromIso(
	[year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset]: string[],
	zone: string,
): number | undefined {
	const clock = `${hour}:${minute}:${second}`;
	const local = Date.parse(
		`${year}-${month}-${day}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
	);
	if (Number.isNaN(local)) return undefined;
	const isSame = new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${clock}`);
	if (!isSame) return undefined;
	if (offset === undefined) return momentOfLocalTime(local, zone);
	return local - offsetMs(offset);
}

function offsetMs(offset: string): number {
	if (/^z$/i.test(offset)) return 0;
	const [hours, minutes] = [offset.slice(1, 3), offset.slice(3).replace(':', '') || '0'].map(
		Number,
	);
	return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
