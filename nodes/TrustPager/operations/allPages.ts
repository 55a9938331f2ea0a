import type { IDataObject } from 'n8n-workflow';

import { apiError } from '../transport/errors';
import { placeOf } from '../transport/client';
import type { Session } from '../execution/preparedItem';
import { cursorQuery, readPage } from '../transport/paging';
import type { ApiRequest } from '../transport/types';

/** API: at most 100 rows a page (docs 2026-04). */
const PAGE_SIZE = 100;
/** n8n spreads the rows of one input item over the stack: 125,000 end in a RangeError, 100,000 do not. */
export const MOST_ROWS = 100_000;
/** Pages in a row that bring nothing new; a server that filters after paging may give a few. */
const MOST_BARREN = 10;

/**
 * The rows of a list over all its pages, at most `limit` (Infinity for all). A row that comes again on a later page,
 * because the list moved while it was read, is left out.
 * @throws NodeApiError when the pages do not lead on (a cursor or page seen before, more rows but no cursor, no list at
 *   all) and when there are more rows than n8n can take: an incomplete list is never passed off as a whole one
 */
export async function fetchAll(
	session: Session,
	request: ApiRequest,
	limit: number,
	keep?: (row: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	const ids = new Set<unknown>();
	const cursors = new Set<string>();
	let cursor: string | undefined;
	let seen = 0;
	let barren = 0;
	const stuck = (why: string, next: string) =>
		apiError(placeOf(session.item.context, session.connection), { title: why, description: next });

	for (;;) {
		const pageSize = keep ? PAGE_SIZE : Math.min(PAGE_SIZE, limit - rows.length);
		const query = { ...request.query, limit: pageSize, ...cursorQuery(cursor) };
		const page = readPage((await session.call({ ...request, query })).body);
		if (!page.isList) {
			throw stuck(
				'TrustPager answered without the list that was asked for',
				"Try again in a moment; if it stays so, check 'Base URL' in the credential.",
			);
		}
		const fresh = page.items.filter((row) => row.id === undefined || !ids.has(row.id));
		for (const row of fresh) {
			ids.add(row.id);
			if (!keep || keep(row)) rows.push(row);
			if (rows.length === limit) return rows;
		}
		seen += fresh.length;
		barren = fresh.length > 0 ? 0 : barren + 1;
		if (seen > MOST_ROWS) {
			throw stuck(
				'There are more than 100,000 results, more than n8n can take for one item',
				"Narrow them with 'Filters', or turn 'Return All' off and set a 'Limit'.",
			);
		}
		if (page.cutOff) {
			throw stuck(
				`TrustPager has more than these ${rows.length} results but gave no way to read on`,
				`Turn 'Return All' off and set 'Limit' to ${Math.max(1, rows.length)} or less, or narrow the list with 'Filters'.`,
			);
		}
		if (page.nextCursor === undefined) return rows;
		const repeated = cursor !== undefined && page.items.length > 0 && fresh.length === 0;
		if (repeated || barren > MOST_BARREN || cursors.has(page.nextCursor)) {
			throw stuck(
				'TrustPager repeats the same page instead of the next one',
				`The list was read up to ${rows.length} results. Set 'Limit' to that or less, or narrow the list with 'Filters'.`,
			);
		}
		cursors.add(page.nextCursor);
		cursor = page.nextCursor;
	}
}
