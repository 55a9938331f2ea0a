import { KnownKeys } from './knownKeys';
import { ListOrder } from './listOrder';
import { NewestThreads } from './newestThreads';
import { readThread } from './readThread';
import type { ThreadRow } from './rows';
import { isInbound } from './rows';
import type { TriggerState } from './state';
import { emptyState } from './state';
import { scanThreadList } from './scanList';
import { newerTime } from './time';
import type { PollResult, Settings, Steps } from './types';

/** Most threads read on activation, so that it takes seconds at most in the editor. */
const MAX_READ = 20;
/** If the list is ordered by something other than the last message, its second page, where there is one, shows it. */
const PAGES_TO_JUDGE = 2;

/** A pause whose mail is to be skipped. */
export interface Pause {
	/** The state before it; what it knows stays known. */
	before: TriggerState;
	end: NonNullable<Settings['pauseEnd']>;
}

/**
 * The first poll: "now" is the newest time in the mailbox. Everything already there becomes known, message by message
 * within the look-back, so that late and same-second mail that comes afterwards can be distinguished from it. If more
 * than 20 threads fall within the look-back, the floor starts above the rest. Emits nothing.
 *
 * After a pause whose mail is to be skipped, the same, except that mail dated at or after its end stays unknown:
 * `unfinished` says whether there may be any. What could not be read raises the floor to the end of the pause at most.
 */
export function* activate(settings: Settings, pause?: Pause): Steps<PollResult> {
	const { lookBackMs, mostKeys } = settings;
	const before = pause?.before;
	const order = new ListOrder(lookBackMs);
	const latest = new NewestThreads(MAX_READ);
	const known = KnownKeys.unpack(before?.known ?? '', mostKeys);
	/** Threads that may hold mail from after the pause. */
	const undecided = new Map<string, ThreadRow>();
	let pauseEnd = Infinity;
	let newest = before?.newest ?? 0;
	let clock: number | undefined;
	const lookBackFrom = (time: number) =>
		Math.max(Math.min(time, pauseEnd) - lookBackMs, before?.floor ?? 0);

	const end = yield* scanThreadList(settings, ({ rows, serverTime, number }) => {
		order.observe(rows);
		clock = serverTime ?? clock;
		if (pause && number === 1) pauseEnd = pause.end(serverTime);
		for (const row of rows) {
			newest = newerTime(newest, row.time, clock);
			if (!row.isWanted || (before && known.has(row.key))) continue;
			latest.add(row);
			if ((row.time ?? Infinity) < pauseEnd - lookBackMs || pauseEnd === Infinity) {
				known.add(row.key, row.time ?? (newest || undefined));
			} else {
				undecided.set(row.id, row);
			}
		}
		// A thread dated by a late message can hold one newer than its own time, by as much as mail can be late.
		const isJudged = number >= PAGES_TO_JUDGE && before?.unordered !== true;
		return isJudged && order.hasPassed(lookBackFrom(newest) - lookBackMs) ? 'enough' : 'more';
	});
	// No plausible time at all: the server's own clock is the next best "now".
	if (newest === 0 && !latest.isEmpty) newest = clock ?? 0;

	let floor = lookBackFrom(newest);
	const raiseFloor = (time: number) => {
		floor = Math.max(floor, Math.min(time, pauseEnd));
	};
	raiseFloor(latest.newestDropped + 1);
	// The part of the list that was not seen must not count as new.
	const mayGrowNewer = pause ? !order.isNewestFirst : order.isBroken;
	if (!end.isComplete) raiseFloor(Math.max(newest, mayGrowNewer ? (clock ?? 0) : 0));
	let nearDeadline = end.outOfTime;
	let unfinished = pauseEnd !== Infinity && !end.isComplete;
	for (const row of latest.inOrder()) {
		if (row.time !== undefined && row.time < floor - lookBackMs) continue;
		if (nearDeadline) {
			raiseFloor((row.time ?? 0) + 1);
			continue;
		}
		let hasNews = false;
		const read = yield* readThread(row, floor, (messages) => {
			for (const { message, key, time } of messages) {
				if (!isInbound(message) || (time ?? floor) < floor) continue;
				if ((time ?? 0) < pauseEnd) known.add(key, time);
				else hasNews = true;
			}
		});
		nearDeadline = read.nearDeadline;
		if (read.outcome === 'outOfTime') raiseFloor((row.time ?? 0) + 1);
		if (hasNews) {
			unfinished = true;
			undecided.delete(row.id);
		}
	}
	for (const row of undecided.values()) {
		if ((row.time ?? 0) < pauseEnd) known.add(row.key, row.time ?? (newest || undefined));
		else unfinished = true;
	}
	known.dropBefore(floor);

	return {
		state: {
			...emptyState(settings.list),
			floor: Math.max(floor, known.trim() ?? 0),
			newest,
			covered: Math.min(newest, pauseEnd),
			known: known.pack(),
			unordered: order.isBroken || (before?.unordered === true && !end.isWhole),
			unfinished,
		},
		emissions: [],
		notes: end.note ? [end.note] : [],
		timedOut: end.outOfTime,
	};
}
