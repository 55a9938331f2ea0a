const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const [OPENS, CLOSES] = [9, 17];
const HOUR_MS = 60 * 60_000;

/** The first moment from `ms` on that is within business hours, Monday to Friday from 9 to 5 in the time zone. */
export function nextBusinessTime(ms: number, timeZone: string): number {
	for (let at = ms; ; ) {
		const { weekday, hour, minute } = localTime(at, timeZone);
		if (DAYS.includes(weekday) && hour >= OPENS && hour < CLOSES) return at;
		// To the next full hour of the local clock.
		at = at - (at % 60_000) + HOUR_MS - minute * 60_000;
	}
}

export function isTimeZone(timeZone: string): boolean {
	try {
		return localTime(0, timeZone).weekday !== '';
	} catch {
		return false;
	}
}

function localTime(ms: number, timeZone: string) {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		weekday: 'short',
		hour: 'numeric',
		minute: 'numeric',
	}).formatToParts(ms);
	const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
	return { weekday: part('weekday'), hour: Number(part('hour')), minute: Number(part('minute')) };
}
