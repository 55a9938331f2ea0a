import type { Session, Task } from '../../execution/operation';
import { allPages } from '../../operations/allPages';
import { change } from '../../operations/crud';
import { FilterCheck } from '../../operations/filters/rowFilter';
import { readStateFilter } from '../../operations/filters/threadFilters';
import { isRefusedRequest } from '../../transport/errors';
import { textOf } from '../../values';
import { markInChunks } from './markInChunks';

const markAll: Task = change({
	method: 'POST',
	path: '/email/threads/mark-read',
	body: { all: true },
	scope: 'email:write',
	kind: 'idempotentWrite',
});

/**
 * Marks all unread threads as read. API: `all` is documented in 2026-04 and missing from the newer table; a server that
 * refuses it gets the IDs of its unread threads instead, and no others.
 */
export const markAllUnread: Task = async (session) => {
	return await markAll(session).catch(async (error: unknown) => {
		if (!isRefusedRequest(error)) return await Promise.reject(error);
		return await markInChunks(await unreadIds(session))(session);
	});
};

async function unreadIds({ client }: Session): Promise<string[]> {
	const unread = readStateFilter(false);
	const { keep } = new FilterCheck([{ name: 'unread', ...unread }]);
	const rows = await allPages(
		client,
		{ method: 'GET', path: '/email/threads', query: unread.query, scope: 'email:read' },
		{ limit: Infinity, check: keep },
	);
	return rows.flatMap((row) => textOf(row.id) ?? []);
}
