import type { ParameterValue } from './parameterValue';
import { readMoment } from './readers/moment';
import { isRefusal, refusalText } from './readers/refusal';
import { isTimeZone, usualName } from './readers/zonedTime';

/** Readers of parameters that hold a time or a time zone. */

/** API: a scheduled time may lie at most one minute in the past (2026-04). */
const MAX_PAST_MS = 60_000;

/**
 * A time that is still to come, as the API takes it: ISO 8601 in UTC. Empty is refused, and so is one that is more than
 * a minute past.
 * @param zone the workflow's time zone, in which a time without a zone is read
 */
export function requiredFutureTime(value: ParameterValue, zone: string): string {
	const ms = requiredMoment(value, zone, '$now.plus(2, "days")');
	const time = `${new Date(ms).toISOString().slice(0, 19)}Z`;
	if (ms >= Date.now() - MAX_PAST_MS) return time;
	throw value.refuse(
		`is in the past: ${time}`,
		`Use a time that is still to come. A time without a time zone is one of the workflow's (${zone}).`,
	);
}

/**
 * Any moment, past or to come, in ms. Empty is refused.
 * @param zone the workflow's time zone, in which a time without a zone is read
 * @param example an expression for a moment of the kind that is wanted
 */
export function requiredMoment(value: ParameterValue, zone: string, example: string): number {
	const given = value.given();
	if (given === undefined) value.required();
	if (typeof given === 'string') value.refuseMissingPart(given);
	const moment = readMoment(given, isTimeZone(zone) ? zone : 'UTC');
	if (!isRefusal(moment)) return moment.ms;
	throw value.refuse(
		refusalText(moment),
		`Use a date and time such as 2026-06-03T09:00:00, or an expression such as {{ ${example} }}.`,
	);
}

/** An IANA time zone; '' when unset. */
export function timeZoneOf(value: ParameterValue): string {
	const zone = value.wholeText();
	if (zone === '') return '';
	if (isTimeZone(zone)) return usualName(zone);
	throw value.refuse(
		`is not a time zone: ${zone.slice(0, 80)}`,
		'Use a name of the IANA list, such as Europe/Berlin or America/New_York.',
	);
}
