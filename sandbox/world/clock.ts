/** The sandbox's clock: real time unless the tests shift or freeze it. */
export class Clock {
	private frozenAt: number | null = null;

	private offset = 0;

	set(at: string | number | null): void {
		this.offset = 0;
		this.frozenAt = at === null ? null : toMs(at);
	}

	advance(ms: number): void {
		if (this.frozenAt === null) this.offset += ms;
		else this.frozenAt += ms;
	}

	ms(): number {
		return this.frozenAt ?? Date.now() + this.offset;
	}

	iso(): string {
		return isoOf(this.ms());
	}
}

/** ISO 8601 in UTC without fractions, as the API's email examples write it. */
export function isoOf(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function toMs(at: string | number): number {
	const ms = typeof at === 'number' ? at : Date.parse(at);
	if (!Number.isFinite(ms)) throw new Error(`Not a valid time: ${String(at)}`);
	return ms;
}
