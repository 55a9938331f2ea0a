import type { ApiRequest } from '../../world/apiTypes';
import { comparePositions, position, type Order, type Ordered } from '../../world/orderedRows';
import type { World } from '../../world/world';
import { invalid } from '../errors';

export interface Pagination {
	limit: number;
	has_more: boolean;
	next_cursor: string | null;
	prev_cursor: string | null;
}

export interface Page<Row> {
	rows: Row[];
	pagination: Pagination;
	/** The rows of later pages. */
	rest: Row[];
}

const CURSORS_KEPT = 20_000;

/**
 * One page of a list. `list` names it, so that a cursor is valid for one list only; `rows` are sorted by `order`.
 * A cursor is the id of a page's last row, as in the documentation's examples.
 */
export function pageOf<Row extends Ordered>(
	world: World,
	request: ApiRequest,
	list: string,
	rows: Row[],
	order: Order,
): Page<Row> {
	const { settings } = world;
	const asked = (request.query.limit as number | undefined) ?? 25;
	const limit = Math.min(asked, settings.pageSize ?? asked);
	const cursor = cursorOf(request, settings.cursorStyle);
	const start = cursor === null ? 0 : startOf(world, list, rows, order, idIn(world, cursor));
	const page = rows.slice(start, start + limit);
	const end = start + page.length;
	const last = page[page.length - 1];
	let hasMore = end < rows.length;
	let next = hasMore ? cursorTo(world, last.id) : null;
	if (hasMore) remember(world, `${list} ${last.id}`, { ...position(last, order), index: end });
	if (cursor !== null && world.pagingFaults.takeRepeat()) {
		hasMore = true;
		next = cursor;
	}
	const previous = start > 0 && page.length > 0 ? cursorTo(world, page[0].id) : null;
	return {
		rows: page,
		pagination: { limit, has_more: hasMore, next_cursor: next, prev_cursor: previous },
		rest: rows.slice(end),
	};
}

/** The cursor that continues after the row. An opaque one has characters that a query must encode. */
function cursorTo(world: World, id: string): string {
	if (world.settings.cursorForm === 'id') return id;
	return `+/${Buffer.from(`after ${id}`).toString('base64')}=`;
}

/** The id of the row that a cursor continues after; the cursor itself when it is not one of the sandbox's. */
function idIn(world: World, cursor: string): string {
	if (world.settings.cursorForm === 'id') return cursor;
	const text = Buffer.from(cursor.slice(2), 'base64').toString();
	return text.startsWith('after ') && cursor.startsWith('+/') ? text.slice(6) : cursor;
}

function cursorOf(request: ApiRequest, style: World['settings']['cursorStyle']): string | null {
	const { after, cursor } = request.query as { after?: string; cursor?: string };
	if (style === 'ignored') return null;
	if (style === 'both') return after ?? cursor ?? null;
	return (style === 'after' ? after : cursor) ?? null;
}

function startOf<Row extends Ordered>(
	world: World,
	list: string,
	rows: Row[],
	order: Order,
	cursor: string,
): number {
	let anchor = world.cursors.get(`${list} ${cursor}`);
	if (anchor === undefined) {
		const index = rows.findIndex((row) => row.id === cursor);
		if (index < 0) {
			throw invalid('The cursor is unknown.', 'Start again without a cursor.', [
				'query: unknown cursor',
			]);
		}
		anchor = { ...position(rows[index], order), index: index + 1 };
	}
	if (world.settings.paging === 'offset') return anchor.index;
	const { major, minor } = anchor;
	const next = rows.findIndex(
		(row) => comparePositions(position(row, order), { major, minor }) > 0,
	);
	return next < 0 ? rows.length : next;
}

function remember(
	world: World,
	key: string,
	anchor: { major: number; minor: number; index: number },
): void {
	if (world.cursors.size >= CURSORS_KEPT) world.cursors.clear();
	world.cursors.set(key, anchor);
}
