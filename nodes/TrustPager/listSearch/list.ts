import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { textOf } from '../values';
import type { ApiRequest } from '../transport';
import { call, cursorQuery, readPage } from '../transport';

/** How a row of the API becomes an entry people recognise. A row without an id is left out. */
export type Describe = (row: IDataObject) => string;

const PAGE_SIZE = 50;

/**
 * One page of a picker from a list endpoint, the next one by n8n's pagination token.
 * A key without the scope gets one line that says so instead of a broken list: the ID can always be typed.
 */
export async function searchList(
	context: ILoadOptionsFunctions,
	request: Omit<ApiRequest, 'method'>,
	describe: Describe,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = { ...request.query, limit: PAGE_SIZE, ...cursorQuery(paginationToken) };
	return await orFriendlyLine(async () => {
		const page = readPage((await call(context, { ...request, method: 'GET', query })).body);
		const token = page.nextCursor === paginationToken ? undefined : page.nextCursor;
		return { results: entriesOf(page.items, describe), paginationToken: token };
	});
}

/** Rows as entries, in the server's order. */
export function entriesOf(rows: IDataObject[], describe: Describe): INodeListSearchItems[] {
	return rows.flatMap((row) => {
		const value = textOf(row.id);
		return value === undefined ? [] : [{ name: describe(row), value }];
	});
}

/** Entries whose name contains the typed text, for lists the API cannot search. */
export function matching(entries: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase();
	return wanted ? entries.filter(({ name }) => name.toLowerCase().includes(wanted)) : entries;
}

const NO_SCOPE = "The API key may not list these: use 'By ID' instead";

/** `work`, or one line for a key that may not list this. Anything else is thrown on. */
export async function orFriendlyLine(
	work: () => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	return await work().catch((error: unknown) => {
		if (lacksScope(error)) return { results: [{ name: NO_SCOPE, value: '' }] };
		return Promise.reject(error);
	});
}

function lacksScope(error: unknown): boolean {
	if (error instanceof NodeApiError) return error.httpCode === '403';
	return error instanceof NodeOperationError && error.message.includes('lacks the scope');
}

/** `2026-11-22 09:15` out of an ISO date, in UTC as the API gives it; '' for anything else. */
export function shortTime(value: unknown): string {
	const time = Date.parse(String(value));
	return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Joins what there is with dots: `Quote for roof · Ann Lee · 2026-11-22 09:15`. */
export function line(...parts: Array<unknown>): string {
	return parts.map(textOf).filter(Boolean).join(' · ') || '(no name)';
}
