/** How far the clocks of one service may differ. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/**
 * The newer of two times, unless the second lies in the future of the server's own clock: one email with a wrong date
 * must not raise the floor above all mail to come.
 */
export function newerTime(newest: number, time = 0, serverTime = Infinity): number {
	return time > newest && time <= serverTime + CLOCK_TOLERANCE_MS ? time : newest;
}
