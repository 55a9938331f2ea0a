import type { IDataObject } from 'n8n-workflow';

import type { ThreadRow } from './rows';
import { readThreadRow } from './rows';
import type { PageRequest, Settings, Steps } from './types';

const NO_CURSOR = 'TrustPager gave no cursor to continue a list; what is older waits';

export interface ListedPage<Row> {
	rows: Row[];
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
	/** The server does not accept the very first request. */
	refusal?: unknown;
	note?: string;
}

/** The rows of one list. */
export interface List<Row, Request> {
	request: (cursor?: string) => Request;
	/** Undefined for what is no row. */
	read: (row: IDataObject) => Row | undefined;
}

/**
 * Reads a list page by page until `visit` says that it is enough.
 * @param skipTo after the first page, continue here: the previous poll read the pages in between
 */
export function* scanList<Row, Request>(
	list: List<Row, Request>,
	visit: (page: ListedPage<Row>) => 'enough' | 'more',
	skipTo?: string,
): Steps<ListEnd, Request> {
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (let pages = 0; ; ) {
		const seen = yield list.request(cursor);
		const stop = { pages, isComplete: false, isWhole: false, resume: skipTo, outOfTime: false };
		if (seen.outcome === 'outOfTime') {
			return { ...stop, resume: cursor ?? skipTo, outOfTime: true };
		}
		if (seen.outcome === 'gone') {
			const end = { ...stop, resume: undefined };
			return pages === 0 ? { ...end, refusal: seen.reason } : { ...end, note: NO_CURSOR };
		}
		stop.pages = ++pages;
		const { items, nextCursor, cutOff } = seen.page;
		const rows = items.flatMap((item) => list.read(item) ?? []);
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

/** The list of threads. */
export function scanThreadList(
	{ lists }: Pick<Settings, 'lists'>,
	visit: (page: ListedPage<ThreadRow>) => 'enough' | 'more',
	skipTo?: string,
): Steps<ListEnd> {
	const request = (cursor?: string): PageRequest => ({ kind: 'threads', cursor });
	return scanList({ request, read: (row) => readThreadRow(row, lists) }, visit, skipTo);
}
