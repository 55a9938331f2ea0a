import type { Handler } from './handler';
import { pageOf } from './paging';

const FILTERS = ['status', 'contact_id', 'deal_id', 'email_type', 'provider'] as const;

const listLogs: Handler = (request, world) => {
	const { listOrder } = world.settings;
	const used = FILTERS.filter((field) => request.query[field] !== undefined);
	const rows = world.store.logs
		.sorted(listOrder)
		.filter(({ row }) => used.every((field) => row[field] === request.query[field]));
	const page = pageOf(world, request, 'logs', rows, listOrder);
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
