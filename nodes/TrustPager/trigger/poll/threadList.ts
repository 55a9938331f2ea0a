import type { ThreadRow } from './rows';
import { readThreadRow } from './rows';
import type { Steps } from './types';

/** Whether the list is newest first, judged by what it shows. Only rows of one page are compared: pages shift. */
export class OrderWatch {
	private isStrict = false;
	/** The largest step back towards newer rows, in ms. */
	private largestInversion = 0;
	private oldest = Infinity;

	constructor(private readonly tolerance: number) {}

	look(rows: ThreadRow[]): void {
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

	/** Out of order by more than mail may be late. */
	get isBroken(): boolean {
		return this.largestInversion > this.tolerance;
	}

	/** Rows all of the same time prove nothing: an oldest-first list can begin so. */
	get isNewestFirst(): boolean {
		return !this.isBroken && this.isStrict;
	}

	/**
	 * Nothing dated `floor` or later can follow. A list in order of arrival shows small inversions (late mail): then
	 * it takes rows older by as much as mail may be late.
	 */
	hasPassed(floor: number): boolean {
		const slack = this.largestInversion > 0 ? this.tolerance : 0;
		return this.isNewestFirst && this.oldest < floor - slack;
	}
}

const NO_WAY_ON = 'TrustPager gave no way to read on in the list of threads; older ones wait';

export interface CrawlPage {
	rows: ThreadRow[];
	serverTime?: number;
	/** 1 for the first. */
	number: number;
}

export interface CrawlEnd {
	pages: number;
	/** Every row that can matter has been seen. */
	isComplete: boolean;
	/** The list has been read to its very end. */
	isWhole: boolean;
	/** Where to go on another time, when time was short. */
	resume?: string;
	outOfTime: boolean;
	note?: string;
}

/**
 * Reads the thread list page by page until `visit` says that it is enough.
 * @param skipTo after the first page, go on here: the pages between were read the poll before
 */
export function* crawl(
	visit: (page: CrawlPage) => 'enough' | 'more',
	skipTo?: string,
): Steps<CrawlEnd> {
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (let pages = 0; ; ) {
		const seen = yield { kind: 'threads', cursor };
		const stop = { pages, isComplete: false, isWhole: false, resume: skipTo, outOfTime: false };
		if (seen.outcome === 'outOfTime') {
			return { ...stop, resume: cursor ?? skipTo, outOfTime: true };
		}
		if (seen.outcome === 'gone') return { ...stop, resume: undefined, note: NO_WAY_ON };
		stop.pages = ++pages;
		const { items, nextCursor, cutOff } = seen.page;
		const rows = items.flatMap((item) => readThreadRow(item) ?? []);
		const isEnough = visit({ rows, serverTime: seen.serverTime, number: pages }) === 'enough';
		const skips = pages === 1 && skipTo !== undefined && nextCursor !== undefined && !isEnough;
		const hasSkipped = skipTo !== undefined && pages > 1;
		if (isEnough) return { ...stop, isComplete: !hasSkipped, resume: undefined };
		if (cutOff || (nextCursor !== undefined && cursors.has(nextCursor))) {
			return { ...stop, resume: undefined, note: NO_WAY_ON };
		}
		if (nextCursor === undefined) {
			return { ...stop, isComplete: !hasSkipped, isWhole: !hasSkipped, resume: undefined };
		}
		if (seen.hurry) return { ...stop, resume: skips ? skipTo : nextCursor };
		cursors.add(nextCursor);
		cursor = skips ? skipTo : nextCursor;
	}
}
