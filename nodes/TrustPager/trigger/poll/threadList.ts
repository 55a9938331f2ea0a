import type { ThreadRow } from './rows';
import { readThreadRow } from './rows';
import type { Settings, Steps } from './types';

const NO_CURSOR = 'TrustPager gave no cursor to continue the list of threads; older ones wait';

export interface ListedPage {
	rows: ThreadRow[];
	serverTime?: number;
	/** 1 for the first. */
	number: number;
}

export interface ListEnd {
	pages: number;
	/** Every row that can matter has been seen. */
	isComplete: boolean;
	/** The list has been read to its very end. */
	isWhole: boolean;
	/** Where the next poll continues, if time ran out. */
	resume?: string;
	outOfTime: boolean;
	note?: string;
}

/**
 * Reads the thread list page by page until `visit` says that it is enough.
 * @param skipTo after the first page, continue here: the previous poll read the pages in between
 */
export function* scanThreadList(
	{ lists }: Pick<Settings, 'lists'>,
	visit: (page: ListedPage) => 'enough' | 'more',
	skipTo?: string,
): Steps<ListEnd> {
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (let pages = 0; ; ) {
		const seen = yield { kind: 'threads', cursor };
		const stop = { pages, isComplete: false, isWhole: false, resume: skipTo, outOfTime: false };
		if (seen.outcome === 'outOfTime') {
			return { ...stop, resume: cursor ?? skipTo, outOfTime: true };
		}
		if (seen.outcome === 'gone') return { ...stop, resume: undefined, note: NO_CURSOR };
		stop.pages = ++pages;
		const { items, nextCursor, cutOff } = seen.page;
		const rows = items.flatMap((item) => readThreadRow(item, lists) ?? []);
		const isEnough = visit({ rows, serverTime: seen.serverTime, number: pages }) === 'enough';
		const skips = pages === 1 && skipTo !== undefined && nextCursor !== undefined && !isEnough;
		const hasSkipped = skipTo !== undefined && pages > 1;
		if (isEnough) return { ...stop, isComplete: !hasSkipped, resume: undefined };
		if (cutOff || (nextCursor !== undefined && cursors.has(nextCursor))) {
			return { ...stop, resume: undefined, note: NO_CURSOR };
		}
		if (nextCursor === undefined) {
			return { ...stop, isComplete: !hasSkipped, isWhole: !hasSkipped, resume: undefined };
		}
		if (seen.nearDeadline) return { ...stop, resume: skips ? skipTo : nextCursor };
		cursors.add(nextCursor);
		cursor = skips ? skipTo : nextCursor;
	}
}
