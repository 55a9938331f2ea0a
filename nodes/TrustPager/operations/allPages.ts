import type { IDataObject } from 'n8n-workflow';

import type { ListRequest } from '../dialects/callList';
import { callList } from '../dialects/callList';
import type { TrustPagerClient } from '../transport/client';
import { cursorQuery, readPage } from '../transport/paging';

/** API: at most 100 rows per page (docs 2026-04). */
const PAGE_SIZE = 100;
/** n8n spreads the rows of one input item over the stack: 125,000 end in a RangeError, 100,000 do not. */
export const MAX_ROWS = 100_000;
/** Consecutive pages without a new row; a server that filters after paging may give a few. */
const MAX_EMPTY_PAGES = 10;

export interface WantedRows {
	/** Most rows returned; Infinity for all. */
	limit: number;
	/** For what the API cannot filter: rows are expected to be left out. */
	keep?: (row: IDataObject) => boolean;
	/** For what the server should have filtered: all rows are expected to pass. */
	check?: (row: IDataObject) => boolean;
	/** Given the new rows of each page in turn: whether no page after this one can have a row that is wanted. */
	isEnd?: (rows: IDataObject[]) => boolean;
}

/**
 * The rows of a list over all its pages. A row that comes again on a later page, because the list moved while it was
 * read, is left out.
 * @throws NodeApiError when the pages do not lead to the end (a cursor or page seen before, more rows but no cursor, no
 *   list at all) and when there are more rows than n8n can take: a partial list is never returned as complete
 */
export async function allPages(
	client: TrustPagerClient,
	request: ListRequest,
	{ limit, keep, check, isEnd }: WantedRows,
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	const ids = new Set<unknown>();
	const cursors = new Set<string>();
	let cursor: string | undefined;
	let seen = 0;
	let emptyPages = 0;
	let isFiltered = keep !== undefined;

	for (;;) {
		const pageSize = isFiltered ? PAGE_SIZE : Math.min(PAGE_SIZE, limit - rows.length);
		const query = { ...request.query, limit: pageSize, ...cursorQuery(cursor) };
		const page = readPage((await callList(client, { ...request, query })).body);
		if (!page.isList) {
			throw client.error({
				title: 'TrustPager answered without the requested list',
				description:
					"Try again in a moment. If that does not help, check 'Base URL' in the credential.",
			});
		}
		const newRows = page.items.filter((row) => row.id === undefined || !ids.has(row.id));
		for (const row of newRows) {
			ids.add(row.id);
			if (check && !check(row)) isFiltered = true;
			else if (!keep || keep(row)) rows.push(row);
			if (rows.length === limit) return rows;
		}
		if (isEnd?.(newRows)) return rows;
		seen += newRows.length;
		emptyPages = newRows.length > 0 ? 0 : emptyPages + 1;
		if (seen > MAX_ROWS) {
			throw client.error({
				title: 'There are more than 100,000 results, more than n8n can take for one item',
				description: "Narrow them with 'Filters', or turn 'Return All' off and set a 'Limit'.",
			});
		}
		if (page.cutOff) {
			throw client.error({
				title: `TrustPager has more than these ${rows.length} results but gave no cursor to continue`,
				description: `Turn 'Return All' off and set 'Limit' to ${Math.max(1, rows.length)} or less, or narrow the list with 'Filters'.`,
			});
		}
		if (page.nextCursor === undefined) return rows;
		const isRepeated = cursor !== undefined && page.items.length > 0 && newRows.length === 0;
		if (isRepeated || emptyPages > MAX_EMPTY_PAGES || cursors.has(page.nextCursor)) {
			throw client.error({
				title: 'TrustPager repeats the same page instead of the next one',
				description: `The list was read up to ${rows.length} results. Set 'Limit' to that or less, or narrow the list with 'Filters'.`,
			});
		}
		cursors.add(page.nextCursor);
		cursor = page.nextCursor;
	}
}
