import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/values';
import { fetchAll } from './fetchAll';
import type { Work } from './executor';
import type { ApiAnswer, ApiRequest } from './types';

/** Makes an output row out of one of the API's; see `simplify`. */
export type Shape = (row: IDataObject) => IDataObject;

const asItIs: Shape = (row) => row;

/** One object: the answer's `data`, or its root where an endpoint does not wrap (approvals). */
export function getOne(request: Omit<ApiRequest, 'method'>, shape: Shape = asItIs): Work {
	return async (session) => {
		const answer = await session.call({ ...request, method: 'GET' });
		return [asItem(shape(dataOf(answer)))];
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

/** A write whose answer is the output. Pass `repeatable` when doing it twice is the same as once. */
export function change(request: ApiRequest): Work {
	return async (session) => [asItem(dataOf(await session.call(request)))];
}

/** A deletion. An entry that is gone when a try is repeated was deleted by the try whose answer was lost. */
export function remove(request: Omit<ApiRequest, 'method' | 'repeatable'>, id: string): Work {
	return async (session) => {
		await session.call({ ...request, method: 'DELETE', repeatable: true, goneIsDone: true });
		return [{ deleted: true, id }];
	};
}

/** The object an answer is about. Empty answers (204) give an empty object. */
export function dataOf(answer: Pick<ApiAnswer, 'body'>): IDataObject {
	const body = isObject(answer.body) ? answer.body : {};
	if (isObject(body.data)) return body.data;
	const about = ['data', 'meta', 'pagination'];
	return Object.fromEntries(Object.entries(body).filter(([key]) => !about.includes(key)));
}

/** n8n takes an item with an `error` key for a failed one; the API's own is therefore called `api_error`. */
export function asItem(row: IDataObject): IDataObject {
	if (!('error' in row)) return row;
	const { error, ...rest } = row;
	return { ...rest, api_error: error };
}
