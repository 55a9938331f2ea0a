/**
 * Local times of IANA time zones, by the tables that JavaScript itself has (Intl): the package needs no date library.
 */

/** Whether JavaScript knows the time zone. Names are not case-sensitive; offsets such as `+02:00` are no zones. */
export function isTimeZone(zone: string): boolean {
	return /^[a-z]/i.test(zone) && formatOf(zone) !== undefined;
}

/** The name of a time zone with its usual capitals: `europe/berlin` → `Europe/Berlin`. */
export function usualName(zone: string): string {
	// An alias is resolved to another name, which the person has not chosen.
	const name = formatOf(zone)?.resolvedOptions().timeZone ?? zone;
	return name.toLowerCase() === zone.toLowerCase() ? name : zone;
}

/**
 * The moment (ms) at which the clocks of a zone show a local time, which is given as if it were UTC (ms).
 *
 * Where clocks are set forward, a time that they skip is moved forward by what they skip, as n8n's own dates do (luxon).
 * Where they are set back, a time that they show twice is the first of the two (RFC 5545, section 3.3.5).
 */
export function momentOfLocalTime(localMs: number, zone: string): number {
	const before = offsetAt(localMs - DAY_MS, zone);
	const after = offsetAt(localMs + DAY_MS, zone);
	const candidates = [localMs - before, localMs - after];
	const shown = candidates.filter((ms) => ms + offsetAt(ms, zone) === localMs);
	// With the offset that was in force before, a skipped time lies as far behind the gap as it lay within it.
	return shown.length > 0 ? Math.min(...shown) : localMs - before;
}

/** No zone changes its offset twice within two days. */
const DAY_MS = 24 * 60 * 60_000;

/** How far the clocks of a zone are ahead of UTC at a moment: ms. */
function offsetAt(ms: number, zone: string): number {
	const parts = new Map<string, number>();
	for (const { type, value } of formatOf(zone)?.formatToParts(ms) ?? []) {
		parts.set(type, Number(value));
	}
	const part = (type: string) => parts.get(type) ?? 0;
	const local = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return local - Math.floor(ms / 1_000) * 1_000;
}

/** Undefined for a zone that JavaScript does not know. */
function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
	try {
		return new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	} catch {
		return undefined;
	}
}
