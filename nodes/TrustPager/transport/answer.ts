import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values';
import type { ApiAnswer } from './types';

/** A 2xx whose body is JSON or empty. Text is a gateway's page: the API never answered. */
export function isSuccess(answer: Pick<ApiAnswer, 'status' | 'body'>): boolean {
	const isText = typeof answer.body === 'string' && answer.body.trim() !== '';
	return answer.status >= 200 && answer.status < 300 && !isText;
}

/** Whether the request waits for a person's approval and has not been completed. API: llms.txt, 2026. */
export function isQueued(answer: Pick<ApiAnswer, 'status'>): boolean {
	return answer.status === 202;
}

/** The object an answer is about: its `data`, or its root where an endpoint does not wrap. {} when there is none. */
export function dataOf(answer: Pick<ApiAnswer, 'body'>): IDataObject {
	const body = isObject(answer.body) ? answer.body : {};
	if (isObject(body.data)) return body.data;
	const envelope = ['data', 'meta', 'pagination'];
	return Object.fromEntries(Object.entries(body).filter(([key]) => !envelope.includes(key)));
}

/**
 * The object under its own name, where an answer wraps it again, together with what stands beside it and not in it:
 * `{ thread: { id }, messages }` gives `{ id, messages }`, as a server that embeds the messages does. A row has an ID.
 */
export function unwrap(row: IDataObject, name: string): IDataObject {
	const { [name]: inner, ...beside } = row;
	return isObject(inner) && !('id' in row) ? { ...inner, ...without(beside, inner) } : row;
}

function without(row: IDataObject, other: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([key]) => !(key in other)));
}
