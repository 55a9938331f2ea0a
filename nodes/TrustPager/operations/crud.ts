import type { IDataObject } from 'n8n-workflow';

import { placeOf } from '../transport/client';
import { changeOnce } from './atMostOnce/changeOnce';
import { asItem, dataOf } from '../transport/answer';
import { apiError } from '../transport/errors';
import type { Work } from '../execution/preparedItem';
import { fetchAll } from './allPages';
import { isQueued, queuedRow } from '../output/rows';
import type { ApiRequest } from '../transport/types';

export { asItem, dataOf } from '../transport/answer';

/** Makes an output row out of one of the API's; see `simplify`. */
export type Shape = (row: IDataObject) => IDataObject;

const asItIs: Shape = (row) => row;

/**
 * One object: the answer's `data`, or its root where an endpoint does not wrap (approvals).
 * @throws NodeApiError when the answer holds no object: a row of nothing would pass for a result
 */
export function getOne(request: Omit<ApiRequest, 'method'>, shape: Shape = asItIs): Work {
	return async (session) => {
		const answer = await session.call({ ...request, method: 'GET' });
		const row = dataOf(answer);
		if (Object.keys(row).length > 0) return [asItem(shape(row))];
		throw apiError(placeOf(session.item.context, session.connection), {
			title: 'TrustPager answered without the data that was asked for',
			description: `Try again in a moment; if it stays so, look at the entry in TrustPager. (HTTP ${answer.status})`,
			httpCode: String(answer.status),
		});
	};
}

/** Rows of a list, over as many pages as it takes, at most `limit`; `keep` filters what the API cannot. */
export function getMany(
	request: Omit<ApiRequest, 'method'>,
	options: { limit: number; shape?: Shape; keep?: (row: IDataObject) => boolean },
): Work {
	const { limit, shape = asItIs, keep } = options;
	return async (session) => {
		const rows = await fetchAll(session, { ...request, method: 'GET' }, limit, keep);
		return rows.map((row) => asItem(shape(row)));
	};
}

/**
 * A write whose answer is the output, or `outcome: queuedForApproval`. Pass `repeatable` when doing it twice is the
 * same as once; otherwise it is done at most once, whatever n8n repeats.
 */
export function change(request: ApiRequest): Work {
	return async (session) => {
		if (!request.repeatable) return [await changeOnce(session, request)];
		const answer = await session.call(request);
		return [isQueued(answer) ? queuedRow(answer) : asItem(dataOf(answer))];
	};
}

/** A deletion. An entry that is gone when a try is repeated was deleted by the try whose answer was lost. */
export function remove(request: Omit<ApiRequest, 'method' | 'repeatable'>, id: string): Work {
	return async (session) => {
		const answer = await session.call({
			...request,
			method: 'DELETE',
			repeatable: true,
			goneIsDone: true,
		});
		if (isQueued(answer)) return [{ ...queuedRow(answer), deleted: false, id }];
		return [{ deleted: true, id }];
	};
}
