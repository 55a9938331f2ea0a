import type { IPollFunctions } from 'n8n-workflow';

import { openStore } from '../transport/processMemory';

/** A trigger's run in this process, from where it was switched on or the process began. */
interface Run {
	/** Of this process's monotonic clock, ms; 0 is the start of the process. */
	startedAt: number;
	/** A poll has succeeded since. */
	isUnderWay: boolean;
}

/** Triggers beyond the bound are taken for new in this process. */
const triggerRuns = openStore<Run>('triggerRuns');

/** All polls of one activation have one context; n8n's durable scheduler makes one for each poll. */
const pollContexts = new WeakSet<IPollFunctions>();

/** A trigger's run as one poll sees it. */
export interface Resumption {
	/**
	 * Whether no poll has succeeded since the pause. The server time at which the pause ended, by the server's clock in
	 * an answer that has just come; Infinity: all that is there now came in the pause, or the server tells no time.
	 */
	pauseEnd?: (serverTime?: number) => number;
	/** The poll has succeeded: those to come follow on it. */
	confirm(): void;
}

/**
 * Tells whether a poll is the first after a pause. n8n has no hook for this; this is read from what it does (read in the
 * code of 1.123.81, 2.8.4 and 2.41.3):
 * - Switched on: the context's activation mode is 'activate' ('create' is reserved for the same), and all polls of that
 *   activation have the same context. So the first poll with such a context ends a pause, and the next ones do not.
 * - n8n was down: the first poll of a trigger in this process ends a pause that lasted until the process began, not until
 *   the poll. n8n's own engine polls at once (mode 'init'), but the durable scheduler of 2.41 waits for the next time on
 *   schedule, and when a main process takes over the leadership ('leadershipChange') it may have run for days without a
 *   pause. All polls of the durable scheduler say 'update', so the mode tells nothing there.
 * - A published change ('update') is not a pause, nor is a change of leader.
 * - When the first poll fails, or another is still in progress, the pause still ends where it ended: n8n tries an
 *   activation again in another mode.
 *
 * Where it cannot tell:
 * - n8n 1.123 and 2.8 say 'activate' for a published change too where there are several main processes, and again when
 *   another trigger of the workflow failed and they reactivate it: mail since the last poll counts as of a pause.
 * - The durable scheduler with several main processes: one that did not see the workflow switched on catches up, and the
 *   first poll of one that has just begun skips mail that no other has polled yet.
 * - A machine that was suspended has not been down: n8n catches up.
 */
export function resumptionOf(context: IPollFunctions, trigger: string): Resumption {
	const now = performance.now();
	let run = triggerRuns.get(trigger);
	if (isSwitchedOn(context) && !pollContexts.has(context)) {
		run = { startedAt: now, isUnderWay: false };
	}
	pollContexts.add(context);
	const current = run ?? { startedAt: 0, isUnderWay: false };
	triggerRuns.set(trigger, current);
	const confirm = () => {
		current.isUnderWay = true;
	};
	if (current.isUnderWay) return { confirm };
	if (current.startedAt === now) return { pauseEnd: () => Infinity, confirm };
	const pauseEnd = (serverTime = Infinity) => serverTime - (performance.now() - current.startedAt);
	return { pauseEnd, confirm };
}

function isSwitchedOn(context: IPollFunctions): boolean {
	const mode = context.getActivationMode();
	return mode === 'activate' || mode === 'create';
}
