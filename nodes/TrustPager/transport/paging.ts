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
 * `meta` (docs 2026-05). How configurations are listed is not documented, so a list under a name of its own is read too:
 * `{ data: { configs: […] } }`, `{ configs: […] }`. Rows that are not objects are left out.
 */
export function readPage(body: unknown): Page {
	const root = isObject(body) ? body : {};
	const data = isObject(root.data) ? root.data : {};
	const list = listIn(body);
	const paging = [root.pagination, root.meta, data.pagination, data.meta, data, root].find(
		(candidate): candidate is IDataObject => isObject(candidate) && 'has_more' in candidate,
	);
	const nextCursor = cursorOf(paging?.next_cursor);
	const hasMore = paging?.has_more === true;
	return {
		items: (list ?? []).filter(isObject),
		nextCursor: hasMore ? nextCursor : undefined,
		cutOff: hasMore && nextCursor === undefined,
		isList: list !== undefined,
	};
}

function listIn(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isObject(body)) return undefined;
	if (Array.isArray(body.data)) return body.data;
	const wrapper = isObject(body.data) ? body.data : body;
	const isError = [body, wrapper].some((part) => Boolean(part.error) || part.success === false);
	return isError ? undefined : onlyListIn(wrapper);
}

/** API: what the lists of this package's endpoints hold, under the old and the new names. */
const LIST_NAMES =
	/^(threads|messages|logs|configs|approvals|contacts|deals|opportunities|customers|companies)$/;

/**
 * The only list of objects among the members, or, of several, the only one with the name of an endpoint's rows. None of an
 * object with an ID, which is a row with lists of its own, and none when there are still several: an empty list next to
 * another one could be the one that was asked for.
 */
function onlyListIn(wrapper: IDataObject): unknown[] | undefined {
	if ('id' in wrapper) return undefined;
	const lists = Object.entries(wrapper).flatMap(([name, list]) =>
		Array.isArray(list) && list.every(isObject) ? [{ name, list: list as unknown[] }] : [],
	);
	const named = lists.filter(({ name }) => LIST_NAMES.test(name));
	const [only, ...others] = named.length > 0 ? named : lists;
	return others.length === 0 ? only?.list : undefined;
}

/** The cursor under both of its documented names: `after` (newer) and `cursor` (older). */
export function cursorQuery(cursor: string | undefined): IDataObject {
	return cursor === undefined ? {} : { after: cursor, cursor };
}

function cursorOf(value: unknown): string | undefined {
	return typeof value === 'number' ? String(value) : textOf(value);
}
