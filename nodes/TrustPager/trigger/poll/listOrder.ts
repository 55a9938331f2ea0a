/** Whether the list is newest first, judged by its rows. Only rows of the same page are compared, because pages shift. */
export class ListOrder {
	private isStrict = false;
	/** The largest step back towards newer rows, in ms. */
	private largestInversion = 0;
	private oldest = Infinity;

	constructor(private readonly tolerance: number) {}

	observe(rows: Array<{ time?: number }>): void {
		let oldestHere = Infinity;
		for (const { time } of rows) {
			if (time === undefined) continue;
			if (time < oldestHere && oldestHere !== Infinity) this.isStrict = true;
			if (time > oldestHere) {
				this.largestInversion = Math.max(this.largestInversion, time - oldestHere);
			}
			oldestHere = Math.min(oldestHere, time);
		}
		this.oldest = Math.min(this.oldest, oldestHere);
	}

	/** Out of order by more than mail can be late. */
	get isBroken(): boolean {
		return this.largestInversion > this.tolerance;
	}

	/** Rows that all have the same time prove nothing: an oldest-first list can begin with them, too. */
	get isNewestFirst(): boolean {
		return !this.isBroken && this.isStrict;
	}

	/**
	 * Nothing dated `floor` or later can follow. A list in order of arrival shows small inversions (late mail): there,
	 * only rows that are older by as much as mail can be late are proof.
	 */
	hasPassed(floor: number): boolean {
		const slack = this.largestInversion > 0 ? this.tolerance : 0;
		return this.isNewestFirst && this.oldest < floor - slack;
	}
}
