import { KnownKeys } from './knownKeys';
import { ListOrder } from './listOrder';
import { NewestThreads } from './newestThreads';
import { readThread } from './readThread';
import { isInbound } from './rows';
import { emptyState } from './state';
import { scanThreadList } from './threadList';
import { newerTime } from './time';
import type { PollResult, Settings, Steps } from './types';

/** Most threads read on activation, so that it takes seconds at most in the editor. */
const MAX_READ = 20;
/** If the list is ordered by something other than the last message, its second page, where there is one, shows it. */
const PAGES_TO_JUDGE = 2;

/**
 * The first poll: "now" is the newest time in the mailbox. Everything already there becomes known, message by message
 * within the look-back, so that late and same-second mail that comes afterwards can be distinguished from it. If more
 * than 20 threads fall within the look-back, the floor starts above the rest. Emits nothing.
 */
export function* activate(settings: Settings): Steps<PollResult> {
	const { lookBackMs } = settings;
	const order = new ListOrder(lookBackMs);
	const latest = new NewestThreads(MAX_READ);
	const known = new KnownKeys(settings.mostKeys);
	let newest = 0;
	let clock: number | undefined;

	const end = yield* scanThreadList(({ rows, serverTime, number }) => {
		order.observe(rows);
		clock = serverTime ?? clock;
		for (const row of rows) {
			newest = newerTime(newest, row.time, clock);
			latest.add(row);
			known.add(row.key, row.time ?? (newest || undefined));
		}
		// A thread dated by a late message can hold one newer than its own time, by as much as mail can be late.
		const isJudged = number >= PAGES_TO_JUDGE;
		return isJudged && order.hasPassed(newest - 2 * lookBackMs) ? 'enough' : 'more';
	});
	// No plausible time at all: the server's own clock is the next best "now".
	if (newest === 0 && !latest.isEmpty) newest = clock ?? 0;

	let floor = Math.max(0, newest - lookBackMs, latest.newestDropped + 1);
	// The part of the list that was not seen must not count as new.
	if (!end.isComplete) floor = Math.max(floor, newest, order.isBroken ? (clock ?? 0) : 0);
	let nearDeadline = end.outOfTime;
	for (const row of latest.inOrder()) {
		if (row.time !== undefined && row.time < floor - lookBackMs) continue;
		if (nearDeadline) {
			floor = Math.max(floor, (row.time ?? 0) + 1);
			continue;
		}
		const read = yield* readThread(row, floor, (messages) => {
			for (const { message, key, time } of messages) {
				if (isInbound(message) && (time ?? floor) >= floor) known.add(key, time);
			}
		});
		nearDeadline = read.nearDeadline;
		if (read.outcome === 'outOfTime') floor = Math.max(floor, (row.time ?? 0) + 1);
	}
	known.dropBefore(floor);

	return {
		state: {
			...emptyState(settings.list),
			floor: Math.max(floor, known.trim() ?? 0),
			newest,
			covered: newest,
			known: known.pack(),
			unordered: order.isBroken,
		},
		emissions: [],
		notes: end.note ? [end.note] : [],
		timedOut: end.outOfTime,
	};
}
