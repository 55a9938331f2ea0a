import { timing } from './timing';

/**
 * When the requests of the last window ended, oldest first. Counted from the end: the server has counted a request by
 * then, so it counts there no longer than here.
 */
export class RecentRequests {
	private readonly ended: number[] = [];
	private head = 0;

	get count(): number {
		return this.ended.length - this.head;
	}

	add(now: number): void {
		this.ended.push(now);
	}

	/** Forgets those that no longer count. @returns whether there were any */
	forget(now: number): boolean {
		const { ended, head } = this;
		while (this.head < ended.length && ended[this.head] <= now - timing.rateWindowMs) this.head++;
		const hasForgotten = this.head > head;
		if (this.head > 1024) {
			ended.splice(0, this.head);
			this.head = 0;
		}
		return hasForgotten;
	}

	/** How many ended after a time. */
	countSince(time: number): number {
		return this.ended.slice(this.head).filter((at) => at > time).length;
	}

	/** When the first `count` of them will no longer count; Infinity when there are not so many. */
	expiry(count: number): number {
		if (count > this.count) return Infinity;
		return this.ended[this.head + count - 1] + timing.rateWindowMs + 1;
	}
}
