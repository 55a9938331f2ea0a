import type { IDataObject } from 'n8n-workflow';

import type { ListRequest } from '../dialects/callList';
import type { Task } from '../execution/operation';
import { asItem, queuedRow } from '../output/rows';
import type { RowShape } from '../output/rowShape';
import { boundedForTool } from '../output/rowShape';
import { dataOf, isQueued, unwrap } from '../transport/answer';
import type { TrustPagerClient } from '../transport/client';
import type { ApiRequest } from '../transport/types';
import type { WantedRows } from './allPages';
import { allPages } from './allPages';
import { changeOnce } from './atMostOnce/changeOnce';
import type { RowFilter } from './filters/rowFilter';
import { FilterCheck, localCheck, queryOf } from './filters/rowFilter';
import { endsBefore } from './endsBefore';

const asItIs: RowShape = (rows) => rows;

/** One object, as the output. `name` is what the object is called where the answer wraps it once more. */
export function getOne(
	request: Omit<ApiRequest, 'method'>,
	{ name, shape = asItIs }: { name?: string; shape?: RowShape } = {},
): Task {
	return async ({ client }) => shape([await readOne(client, request, name)]).map(asItem);
}

/**
 * Reads one object: the answer's `data`, or its root where an endpoint does not wrap (approvals).
 * @throws NodeApiError when the answer holds no object: an empty row would pass for a result
 */
export async function readOne(
	client: TrustPagerClient,
	request: Omit<ApiRequest, 'method'>,
	name?: string,
): Promise<IDataObject> {
	const answer = await client.call({ ...request, method: 'GET' });
	const data = dataOf(answer);
	const row = name === undefined ? data : unwrap(data, name);
	if (Object.keys(row).length > 0) return row;
	throw client.error({
		title: 'TrustPager answered without the requested data',
		description: `Try again in a moment. If that does not help, check the entry in TrustPager. (HTTP ${answer.status})`,
		httpCode: String(answer.status),
	});
}

export interface ListOptions extends Pick<WantedRows, 'limit' | 'keep'> {
	shape?: RowShape;
	/** Sent to the server, where the API has them, and checked by row. */
	filters?: RowFilter[];
}

/** Rows of a list, over as many pages as it takes, at most `limit`. Says when the server ignored a filter. */
export function getMany(request: Omit<ListRequest, 'method'>, options: ListOptions): Task {
	const { limit, shape = asItIs, filters = [] } = options;
	const query = { ...request.query, ...queryOf(filters) };
	const keep = localCheck(filters, options.keep);
	const from = filters.find((filter) => filter.from)?.from;
	const newestFirstBy = from?.field ?? request.newestFirstBy;
	return async ({ client, item }) => {
		const { keep: check, leftOut } = new FilterCheck(filters);
		const list: ListRequest = { ...request, method: 'GET', query, newestFirstBy };
		const isEnd = from && endsBefore(from);
		const rows = await allPages(client, list, { limit, keep, check, isEnd });
		for (const [filter, count] of leftOut) item.ignoredFilter(filter, count);
		return shape(boundedForTool(item, rows)).map(asItem);
	};
}

/**
 * A write whose answer is the output, or `outcome: queuedForApproval`. One of the kind `idempotentWrite` is repeated
 * after an ambiguous result; any other is done at most once, whatever n8n repeats.
 * @param name what the object is called where the answer wraps it once more
 */
export function change(request: ApiRequest, name?: string): Task {
	const rowOf = (data: IDataObject) => asItem(name === undefined ? data : unwrap(data, name));
	return async (session) => {
		if (request.kind !== 'idempotentWrite') {
			return [await changeOnce(session, request, (data) => ({ row: rowOf(data) }))];
		}
		const answer = await session.client.call(request);
		return [isQueued(answer) ? queuedRow(answer) : rowOf(dataOf(answer))];
	};
}

/** A deletion. An entry that a retry finds gone was deleted by the try whose answer was lost. */
export function remove(request: Omit<ApiRequest, 'method' | 'kind'>, id: string): Task {
	return async ({ client }) => {
		const answer = await client.call({
			...request,
			method: 'DELETE',
			kind: 'idempotentWrite',
			notFoundIsSuccess: true,
		});
		if (isQueued(answer)) return [{ ...queuedRow(answer), deleted: false, id }];
		return [{ deleted: true, id }];
	};
}
