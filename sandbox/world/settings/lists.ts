/** Query filters of GET /email/threads that some document names. */
export type ThreadFilter =
	| 'status'
	| 'is_read'
	| 'unread'
	| 'is_automated'
	| 'direction'
	| 'search'
	| 'participant'
	| 'contact_id'
	| 'deal_id'
	| 'customer_id'
	| 'opportunity_id'
	| 'company_id';

/** Query filters of GET /email/logs that some document names. */
export type LogFilter =
	| 'status'
	| 'email_type'
	| 'provider'
	| 'contact_id'
	| 'deal_id'
	| 'customer_id'
	| 'opportunity_id'
	| 'company_id';

/** How lists are filtered, ordered, paged and wrapped. */
export interface ListSettings {
	/**
	 * Order of threads, logs and approvals; undocumented. `shuffled` is stable across calls; `created` lists the oldest
	 * created first, `createdNewest` the newest created, whatever mail has arrived since.
	 */
	listOrder: 'newest' | 'oldest' | 'shuffled' | 'created' | 'createdNewest';
	/** Order of a thread's messages; documented as chronological. */
	messageOrder: 'oldest' | 'newest';
	/** `sort` and `order` on threads and logs (COOK). `refused`: 400 VALIDATION_ERROR that names `sort`. */
	sort: 'honoured' | 'ignored' | 'refused';
	/** Filters of threads that have an effect; the others of `ThreadFilter` are accepted without one. */
	threadFilters: ThreadFilter[];
	/** Filters of logs that have an effect; the others of `LogFilter` are accepted without one. */
	logFilters: LogFilter[];
	/** The query parameter that takes the cursor; the other one is accepted without effect. */
	cursorStyle: 'after' | 'cursor' | 'both' | 'ignored';
	/** Cursors are row ids in the documents' examples; `opaque` (COOK's word) needs URL encoding. */
	cursorForm: 'id' | 'opaque';
	/** `offset` pages shift when rows arrive, `keyset` pages do not. */
	paging: 'keyset' | 'offset';
	/** Largest page served, whatever `limit` says; null = no cap. */
	pageSize: number | null;
	/** false: GET /email/configs returns all rows, without `pagination`. */
	configPaging: boolean;
	/**
	 * Where threads, messages, logs and approvals are listed: `{ data: […], pagination }`, `{ threads: […], pagination }`
	 * or `{ data: { threads: […], pagination } }`.
	 */
	listBody: 'data' | 'named' | 'data.named';
	/** The same for configs, whose list no document shows; `array` is the bare list and never has `pagination`. */
	configListBody: 'data' | 'named' | 'data.named' | 'array';
	/** A status that only other documents name, as filter of logs and approvals: 400 VALIDATION_ERROR, or no rows. */
	unknownStatus: 'refused' | 'empty';
	/** Where GET /approvals has its paging fields; `meta` is documented. */
	approvalPaging: 'meta' | 'pagination';
}

/** The 2026-05 dialect's. */
export const LISTS: ListSettings = {
	listOrder: 'newest',
	messageOrder: 'oldest',
	sort: 'ignored',
	threadFilters: [
		'status',
		'is_read',
		'is_automated',
		'direction',
		'search',
		'participant',
		'contact_id',
		'deal_id',
		'customer_id',
	],
	logFilters: ['status', 'contact_id', 'deal_id', 'email_type', 'provider'],
	cursorStyle: 'after',
	cursorForm: 'id',
	paging: 'keyset',
	pageSize: null,
	configPaging: true,
	listBody: 'data',
	configListBody: 'data',
	approvalPaging: 'meta',
	unknownStatus: 'empty',
};
