import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { ListRequest } from '../dialects/callList';
import { callList } from '../dialects/callList';
import { TrustPagerClient } from '../transport/client';
import { refusalIn } from '../transport/errors';
import { cursorQuery, readPage } from '../transport/paging';
import type { Scope } from '../transport/scopes';
import { readTime, textOf } from '../values';

/** Names an API row so that people recognize it. */
export type Describe = (row: IDataObject) => string;

/** A list endpoint, and which of its rows are offered where the API cannot filter; default: all. */
type PickedList = Omit<ListRequest, 'method'> & {
	keep?: (row: IDataObject) => boolean;
	/** What a key needs for it, where that differs between the documents and so is left to the server. */
	needs?: string;
};

const PAGE_SIZE = 50;

/** One page of a picker from a list endpoint; n8n's pagination token leads to the next one. */
export async function searchList(
	context: ILoadOptionsFunctions,
	{ keep = () => true, needs, ...request }: PickedList,
	describe: Describe,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = { ...request.query, limit: PAGE_SIZE, ...cursorQuery(paginationToken) };
	return await pick(context, { scope: request.scope, needs }, async (client) => {
		const page = readPage((await callList(client, { ...request, method: 'GET', query })).body);
		const nextToken = page.nextCursor === paginationToken ? undefined : page.nextCursor;
		return { results: entriesOf(page.items.filter(keep), describe), paginationToken: nextToken };
	});
}

/** n8n asks for the next page when the list is scrolled, so fewer entries than this would be all that anybody sees. */
const ENOUGH_TO_SCROLL = 10;
const MAX_PAGES = 5;

/**
 * `searchList` for a list that the server may not be able to search: only the entries that contain the typed text, read on
 * for a few pages while there are too few of them to scroll.
 */
export async function searchMatching(
	context: ILoadOptionsFunctions,
	request: PickedList,
	describe: Describe,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const results: INodeListSearchItems[] = [];
	let token = paginationToken;
	for (let pages = 1; ; pages++) {
		const page = await searchList(context, request, describe, token);
		// An entry without a value is a message, not a row.
		const isMessage = page.results.length === 1 && page.results[0].value === '';
		results.push(...(isMessage ? page.results : matching(page.results, filter)));
		token = page.paginationToken as string | undefined;
		const isEnough = !filter?.trim() || results.length >= ENOUGH_TO_SCROLL || pages >= MAX_PAGES;
		if (token === undefined || isEnough) return { results, paginationToken: token };
	}
}

/** Rows as entries, in the server's order. A row without an ID is left out. */
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

/** By the API's code: what a picker shows instead of its list. */
const REFUSALS = new Map([
	['INSUFFICIENT_CREDITS', 'The workspace has no TrustPager credits left: top up, then try again'],
	['DAILY_LIMIT', "The key's daily limit is used up: use 'By ID' until it ends"],
	['PLAN_REQUIRED', "The workspace's plan does not include the API: choose one that does"],
]);

interface Needs {
	/** Checked against the credential's list before the request. */
	scope?: Scope;
	needs?: string;
}

/**
 * What `work` finds through the API. A refusal that a person can do something about gets a single entry that says so
 * instead of a broken list: an ID can always be entered by hand. Any other error is thrown.
 */
export async function pick(
	context: ILoadOptionsFunctions,
	{ scope, needs = scope }: Needs,
	work: (client: TrustPagerClient) => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	const client = await TrustPagerClient.open(context);
	if (scope && !client.allows(scope)) {
		return only(`'${scope}' is not among the credential's Scopes: add it there, or enter the ID`);
	}
	return await work(client).catch((error: unknown) => {
		const { code = '', requiredScopes = [] } = refusalIn(error) ?? {};
		const isForbidden = error instanceof NodeApiError && error.httpCode === '403';
		if (code === 'INSUFFICIENT_SCOPE') {
			const names = requiredScopes.join(', ') || needs || 'a scope';
			return only(`This list needs an API key with ${names}: add it to the key, or enter the ID`);
		}
		if (REFUSALS.has(code)) return only(REFUSALS.get(code));
		// Not a matter of scopes for certain, so the server's words have to say what it is.
		return isForbidden ? only(error.message) : Promise.reject(error);
	});
}

function only(name = ''): INodeListSearchResult {
	return { results: [{ name, value: '' }] };
}

/** `2026-11-22 09:15`, in UTC as the API gives it; '' for anything that is not a time. */
export function shortTime(value: unknown): string {
	const time = readTime(value);
	return time === undefined ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** Joins the non-empty parts with dots: `Quote for roof · Ann Lee · 2026-11-22 09:15`. */
export function line(...parts: Array<unknown>): string {
	return parts.map(textOf).filter(Boolean).join(' · ') || '(no name)';
}
