/** How long one poll may take, by this machine's clock: a duration, never a time of the data. */
export class Budget {
	private readonly started = Date.now();
	/** Aborts when the time is up: ends the waits for the rate limit too. */
	readonly signal: AbortSignal;

	constructor(readonly ms: number) {
		this.signal = AbortSignal.timeout(ms);
	}

	get remainingMs(): number {
		return Math.max(0, this.started + this.ms - Date.now());
	}

	hasUsed(share: number): boolean {
		return this.remainingMs <= this.ms * (1 - share);
	}
}
