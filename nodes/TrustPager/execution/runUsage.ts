import type { Usage } from '../transport/types';

/** What the requests of one run took besides their results, for a person to be told after it. */
export class RunUsage implements Usage {
	/** As the newest answer says that names them; undefined when none does. */
	creditsLeft?: number;

	/** How long the run stood still because the rate limit of its key was used up; waits at the same time count once. */
	waitedMs = 0;

	private waiting = 0;
	private limitedMsBefore = 0;

	/** Waits for a turn at the rate limiter. Rejects as `turn` does. */
	async wait(limiter: { limitedMs: number }, turn: Promise<unknown>): Promise<void> {
		if (this.waiting++ === 0) this.limitedMsBefore = limiter.limitedMs;
		try {
			await turn;
		} finally {
			if (--this.waiting === 0) this.waitedMs += limiter.limitedMs - this.limitedMsBefore;
		}
	}
}
