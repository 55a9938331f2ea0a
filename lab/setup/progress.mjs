/** What a person reads while the set-up works. */

const HEARTBEAT_MS = 15_000;

/** Milliseconds as "4.2 s" or "2 min 05 s". */
export function duration(ms) {
	if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A step that failed in a way its text explains; shown without a stack. `log` is all that its command printed. */
export class StepError extends Error {
	constructor(message, log = '') {
		super(message);
		this.log = log;
	}
}

/**
 * Runs steps one after another: { title, hint?, isDone?(), run(report) }. A step that is done says so on its
 * line; a long one says every 15 s that it still runs, with what report() was last told.
 * Throws what the failing step throws; onFailure: 'continue' collects instead.
 * @returns the titles of the failed steps
 */
export async function runSteps(steps, { onFailure = 'throw' } = {}) {
	const failed = [];
	for (const [index, step] of steps.entries()) {
		const label = `[${index + 1}/${steps.length}] ${step.title}`;
		if (step.isDone?.()) {
			console.log(`${label}: already done`);
			continue;
		}
		console.log(`${label}${step.hint ? ` (${step.hint})` : ''} …`);
		const start = Date.now();
		let last = '';
		const heartbeat = setInterval(() => {
			const tail = last ? `: ${last.slice(0, 100)}` : '';
			console.log(`      still at it after ${duration(Date.now() - start)}${tail}`);
		}, HEARTBEAT_MS);
		try {
			const note = await step.run((line) => {
				last = line.trim() || last;
			});
			console.log(`      done in ${duration(Date.now() - start)}${note ? `: ${note}` : ''}`);
		} catch (error) {
			console.log(`      FAILED after ${duration(Date.now() - start)}`);
			if (onFailure === 'throw') throw error;
			console.log(error instanceof StepError ? error.message : error.stack);
			failed.push(step.title);
		} finally {
			clearInterval(heartbeat);
		}
	}
	return failed;
}
