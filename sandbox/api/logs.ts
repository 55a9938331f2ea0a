import { canonicalIds } from './lists/entityNames';
import type { Handler } from './handler';
import { requireStatus } from './lists/statuses';
import { sortOf } from './lists/listOrder';
import { pageOf } from './lists/paging';

const FIELDS = [
	'status',
	'contact_id',
	'deal_id',
	'customer_id',
	'email_type',
	'provider',
] as const;

const listLogs: Handler = (request, world) => {
	const { logFilters } = world.settings;
	requireStatus(world, request, ['blocked', 'complained']);
	const { order, list } = sortOf(world, request, 'logs');
	const wanted = canonicalIds(request.query, (name) => (logFilters as string[]).includes(name));
	const used = FIELDS.filter((field) => wanted[field] !== undefined);
	const rows = world.store.logs
		.sorted(order)
		.filter(({ row }) => used.every((field) => row[field] === wanted[field]));
	const page = pageOf(world, request, list, rows, order);
	// The documented answer has no prev_cursor here.
	const { limit, has_more, next_cursor } = page.pagination;
	return {
		status: 200,
		body: {
			data: page.rows.map(({ row }) => row),
			pagination: { limit, has_more, next_cursor },
		},
	};
};

export const logHandlers = { listLogs };
