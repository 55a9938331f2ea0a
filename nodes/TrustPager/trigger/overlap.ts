import { openStore } from '../transport/processMemory';
import { keyOf } from './poll/knownKeys';
import type { TriggerState } from './poll/state';

/** Two polls of one trigger that overlap, or follow each other before n8n has stored the state. */

/** n8n's schedule does not wait for a poll to end. */
const pollsInProgress = new Set<string>();

/**
 * Runs one poll of a trigger at a time: while one is in progress, others end at once with null. Both would start from
 * the same state and emit the same messages.
 */
export async function oneAtATime<Result>(
	trigger: string,
	run: () => Promise<Result>,
): Promise<Result | null> {
	if (pollsInProgress.has(trigger)) return null;
	pollsInProgress.add(trigger);
	try {
		return await run();
	} finally {
		pollsInProgress.delete(trigger);
	}
}

/** A poll of this process: the state that it was given, and what it made of it. */
interface PollRecord {
	/** A key of the state it started from. */
	from: string;
	/** Left out when it emitted: then n8n stores the state with the execution. */
	state?: TriggerState;
	at: number;
}

/** n8n's durable scheduler stores a poll's state some time after the poll; after this long it never will. */
const STORE_WITHIN_MS = 60_000;

/** Triggers beyond the bound only lose this second guard. */
const lastPolls = openStore<PollRecord>('lastPolls');

/**
 * The state from which a poll that is given `stored` starts; 'stale' when it is to end at once, because another poll has
 * already started there and the next one covers the same time.
 *
 * n8n's durable scheduler (2.41, measured) reads the state before it starts a poll and starts all overdue polls at once
 * after a restart: without this, the second emitted the messages of the first again. It also discards the activation's
 * state: without this, the first poll on schedule was another activation, and mail that arrived in between was lost.
 */
export function startingState(trigger: string, stored: unknown): unknown {
	const last = lastPolls.get(trigger);
	if (last === undefined || last.from !== keyOf(stored ?? null)) return stored;
	if (last.state !== undefined) return last.state;
	return Date.now() - last.at < STORE_WITHIN_MS ? 'stale' : stored;
}

/** Records what a poll made of `stored`, before n8n is given the state. */
export function recordPoll(
	trigger: string,
	stored: unknown,
	state: TriggerState,
	hasEmitted: boolean,
): void {
	const from = keyOf(stored ?? null);
	lastPolls.set(trigger, { from, state: hasEmitted ? undefined : state, at: Date.now() });
}
