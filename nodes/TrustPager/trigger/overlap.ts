import { Recent } from '../transport/processMemory';
import { keyOf } from './poll/knownKeys';
import type { TriggerState } from './poll/state';

/** What a poll of this process made of the state that it was given. */
interface Made {
	/** A key of the state it began with. */
	from: string;
	/** Left out when it emitted: then n8n stores the state with the execution. */
	state?: TriggerState;
	at: number;
}

/** n8n's durable scheduler stores a poll's state some time after the poll; after that long it never will. */
const SETTLING_MS = 60_000;

/** By workflow and node. More triggers than this in one process only lose this second guard. */
const lastMade = new Recent<Made>(500);

/**
 * Where a poll that is given `stored` begins; 'unsettled' when it is to end at once, because another poll has moved on
 * from there and the next one covers the same time.
 *
 * n8n's durable scheduler (2.41, measured) reads the state before it starts a poll and starts all overdue polls at once
 * after a restart: without this, the second emitted the messages of the first again. It also throws the activation's state
 * away: without this, the first poll on schedule was another activation, and mail that came between the two was lost.
 */
export function beginning(node: string, stored: unknown): unknown {
	const made = lastMade.get(node);
	if (made === undefined || made.from !== keyOf(stored ?? null)) return stored;
	if (made.state !== undefined) return made.state;
	return Date.now() - made.at < SETTLING_MS ? 'unsettled' : stored;
}

/** Keeps what a poll made of `stored`, before n8n is given the state. */
export function keepMade(
	node: string,
	stored: unknown,
	state: TriggerState,
	hasEmitted: boolean,
): void {
	const from = keyOf(stored ?? null);
	lastMade.set(node, { from, state: hasEmitted ? undefined : state, at: Date.now() });
}
