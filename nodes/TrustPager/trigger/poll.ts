import { activate } from './activate';
import { Candidates } from './candidates';
import type { CrawlEnd } from './crawl';
import { crawl, OrderWatch } from './crawl';
import { KnownKeys } from './knownKeys';
import { Pool } from './pool';
import { readThread } from './readThread';
import type { MessageRow, ThreadRow } from './rows';
import { isInbound } from './rows';
import type { TriggerState } from './state';
import type { PollResult, Settings, Steps } from './types';
import { newerTime } from './time';

/** Changed threads kept in mind beyond those that maxMessages can need: threads of our own answers give nothing. */
const SPARE_CANDIDATES = 200;

/**
 * One poll, without any I/O: asks for pages, is given them, and ends with the new state and what to emit.
 *
 * Why every inbound message is emitted exactly once. A message is *dealt with* when it is dated before the floor or its
 * key is known; both only grow, and both are stored in the very state that goes with the emission.
 * - Not twice: only messages that are not dealt with are emitted, and each becomes known with its emission. A key is
 *   forgotten only when the floor has risen above its time, whether by age or for want of room.
 * - Not never: a new message changes its thread's row (time, count, direction, preview), so that the row's key is not
 *   known and the thread is read, to its end. The row is found wherever it stands: the crawl stops early only in a list
 *   shown to be newest first, below the floor, or after a first page without any change, and then the floor stays.
 *   A row becomes known only when all its messages are dealt with.
 * - The floor keeps `lookBackMs` below everything that may still hide: below the newest time seen (late mail), below
 *   threads that wait to be read, below messages that wait for the next poll, and it does not move at all after a crawl
 *   that was cut short. It follows one crawl behind, because a thread can slip between two pages of one crawl, but then
 *   the next crawl meets it first thing (it jumped to the top).
 * - A poll that fails, and one whose state n8n does not store (nothing emitted), only mean that the same is found again.
 */
export function* poll(state: TriggerState | undefined, settings: Settings): Steps<PollResult> {
	if (state === undefined || state.list !== settings.list) return yield* activate(settings);

	const known = KnownKeys.unpack(state.known, settings.mostKeys);
	const { floor } = state;
	const room = settings.maxMessages + SPARE_CANDIDATES;
	const candidates = new Candidates(room, known.isCrowded, floor);
	const order = new OrderWatch(settings.lookBackMs);
	let { newest } = state;
	let clock: number | undefined;

	const end = yield* crawl(({ rows, serverTime, number }) => {
		order.look(rows);
		clock = serverTime;
		for (const row of rows) {
			newest = newerTime(newest, row.time, clock);
			if ((row.time ?? floor) >= floor && !known.has(row.key)) candidates.add(row);
		}
		// In a list newest first, a new mail stands above every thread that is older than the newest time known.
		const isUntouched = number === 1 && candidates.isEmpty && order.hasPassed(newest);
		const isIdle = isUntouched && !state.unfinished;
		return !state.unordered && (isIdle || order.hasPassed(floor)) ? 'enough' : 'more';
	}, state.resume);

	const isQuiet = candidates.isEmpty && !state.unfinished && end.isComplete;
	if (isQuiet && order.isBroken === state.unordered) return nothing(end);

	const pool = new Pool(settings.maxMessages);
	const finished: ThreadRow[] = [];
	const notes: string[] = [];
	if (end.note) notes.push(end.note);
	const hadChanges = !candidates.isEmpty;
	let { outOfTime } = end;
	let hurry = false;
	let reads = 0;
	for (const row of candidates.inOrder()) {
		if (outOfTime || pool.isFull || (hurry && reads > 0)) break;
		reads++;
		const take = (messages: MessageRow[]) => {
			for (const message of messages) {
				newest = newerTime(newest, message.time, clock);
				if (!isInbound(message.message) || known.has(message.key)) continue;
				if ((message.time ?? floor) < floor) continue;
				if (settings.wants(message.message, row.about)) pool.add(message, row);
				else known.add(message.key, message.time);
			}
		};
		const read = yield* readThread(row, floor, take);
		if (read.note) notes.push(read.note);
		hurry = read.hurry;
		outOfTime = read.outcome === 'outOfTime';
		if (!outOfTime) candidates.remove(row);
		if (read.outcome === 'read') finished.push(row);
		if (read.outcome === 'gone') notes.push(`Thread ${row.id} was deleted; it is left out`);
	}

	const emissions = pool.take();
	for (const { key, time } of emissions) known.add(key, time);
	for (const row of finished) {
		if (!pool.isLeft(row)) known.add(row.key, row.time ?? (newest || undefined));
	}

	const oldestHidden = Math.min(candidates.oldestHidden(), pool.oldest);
	const covered = end.isComplete ? Math.min(newest, oldestHidden) : floor;
	const mayRiseTo = Math.min(state.covered, covered) - settings.lookBackMs;
	let newFloor = Math.max(floor, mayRiseTo);
	known.dropBefore(newFloor);
	const pressed = known.trim();
	if (pressed !== undefined && pressed > newFloor) {
		newFloor = pressed;
		notes.push('So much mail has come that the look-back is shorter than set for now');
	}

	const waits = oldestHidden !== Infinity || !end.isComplete;
	return {
		state: {
			...state,
			floor: newFloor,
			newest,
			covered,
			known: known.pack(),
			unordered: order.isBroken || (state.unordered && !end.isWhole),
			unfinished: waits || (end.pages > 1 && hadChanges),
			resume: end.resume,
		},
		emissions: emissions.map(({ message, thread }) => ({ message, thread })),
		notes,
		starved: outOfTime && emissions.length === 0 && finished.length === 0,
	};
}

function nothing(end: CrawlEnd): PollResult {
	return { emissions: [], notes: end.note ? [end.note] : [], starved: false };
}
