/** Paging irregularities to inject into the next list answers. */
export class PagingFaults {
	private shift: { n: number; into: 'new' | 'unseen' } | null = null;

	private repeats = 0;

	shiftPagesBy(n: number, into: 'new' | 'unseen'): void {
		this.shift = { n, into };
	}

	duplicateCursor(times: number): void {
		this.repeats += times;
	}

	/** What is to arrive after this page of threads; returned once. */
	takeShift(): { n: number; into: 'new' | 'unseen' } | null {
		const { shift } = this;
		this.shift = null;
		return shift;
	}

	takeRepeat(): boolean {
		if (this.repeats === 0) return false;
		this.repeats--;
		return true;
	}

	clear(): void {
		this.shift = null;
		this.repeats = 0;
	}
}
