import { activate } from './activate';
import { PollRun } from './pollRun';
import type { TriggerState } from './state';
import type { PollResult, Settings, Steps } from './types';

/**
 * One poll, without any I/O: asks for pages, receives them, and ends with the new state and what to emit.
 *
 * Why every inbound message is emitted exactly once. A message is *dealt with* when it is dated before the floor or its
 * key is known; both only grow, and both are stored in the very state that goes with the emission.
 * - At most once: only messages that are not dealt with are emitted, and each becomes known with its emission. A key is
 *   forgotten only when the floor has risen above its time, either by age or because memory was full.
 * - At least once: a new message changes its thread's row (time, count, direction, preview), so that the row's key is not
 *   known and the thread is read, to its end. The row is found wherever it stands: the scan stops early only in a list
 *   shown to be newest first, below the floor, or after a first page without any change, in which case the floor stays.
 *   A row becomes known only when all its messages are dealt with.
 * - The floor stays `lookBackMs` below everything that may still be hidden: below the newest time seen (late mail), below
 *   threads that wait to be read, below messages that wait for the next poll, and it does not move at all after a scan
 *   that was cut short. It follows one scan behind, because a thread can slip between two pages of one scan, but then
 *   the next scan finds it right away (it has moved to the top).
 * - Mail of a pause that is to be skipped is dealt with in the first poll after it: see `activate`.
 * - A poll that fails, and one whose state n8n does not store (nothing emitted), only mean that the next poll finds the
 *   same again.
 */
export function* poll(state: TriggerState | undefined, settings: Settings): Steps<PollResult> {
	if (state === undefined || state.list !== settings.list) return yield* activate(settings);
	const { pauseEnd } = settings;
	if (pauseEnd === undefined) return yield* continuePoll(state, settings);

	const skipped = yield* activate(settings, { before: state, end: pauseEnd });
	// Only what came after the pause is left to be found.
	if (skipped.timedOut || !skipped.state?.unfinished) return skipped;
	const rest = yield* continuePoll(skipped.state, settings);
	if (rest.timedOut) return skipped;
	const notes = [...skipped.notes, ...rest.notes];
	return { ...rest, state: rest.state ?? skipped.state, notes };
}

function* continuePoll(state: TriggerState, settings: Settings): Steps<PollResult> {
	const run = new PollRun(state, settings);
	const end = yield* run.discover();
	if (run.isQuiet(end)) return run.nothing();
	yield* run.readThreads();
	return run.finish(end);
}
