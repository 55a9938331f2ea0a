import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../values';

export interface Page {
	items: IDataObject[];
	/** The cursor of the next page; undefined on the last one. */
	nextCursor?: string;
	/** The server says that there is more but gives no cursor to get it. */
	cutOff: boolean;
	/** False when the answer holds no list at all: then no rows does not mean that there are none. */
	isList: boolean;
}

/**
 * Reads one page of any list. API: rows in `data`; `has_more` and `next_cursor` in `pagination`, for approvals in
 * `meta` (docs 2026-05). Rows that are not objects are left out.
 */
export function readPage(body: unknown): Page {
	const root = isObject(body) ? body : {};
	const list: unknown = Array.isArray(body) ? body : root.data;
	const rows = Array.isArray(list) ? list : [];
	const paging = [root.pagination, root.meta].find(
		(candidate): candidate is IDataObject => isObject(candidate) && 'has_more' in candidate,
	);
	const nextCursor = cursorOf(paging?.next_cursor);
	const hasMore = paging?.has_more === true;
	return {
		items: rows.filter(isObject),
		nextCursor: hasMore ? nextCursor : undefined,
		cutOff: hasMore && nextCursor === undefined,
		isList: Array.isArray(list),
	};
}

/** The cursor under both of its documented names: `after` (newer) and `cursor` (older). */
export function cursorQuery(cursor: string | undefined): IDataObject {
	return cursor === undefined ? {} : { after: cursor, cursor };
}

function cursorOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}
