import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values';
import type { ApiAnswer } from './types';

/** The object an answer is about: its `data`, or its root where an endpoint does not wrap. {} when there is none. */
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
	return error === undefined ? rest : { ...rest, api_error: error };
}

/** A row with what became of it first, where people look; the API's own `outcome`, should it have one, gives way. */
export function withOutcome(outcome: string, row: IDataObject): IDataObject {
	return Object.assign({ outcome }, row, { outcome });
}
