import { NodeApiError } from 'n8n-workflow';

import type { ListRequest } from '../dialects/callList';
import { callList } from '../dialects/callList';
import { dataOf, unwrap } from '../transport/answer';
import type { TrustPagerClient } from '../transport/client';
import { cursorQuery, readPage } from '../transport/paging';
import { readTime } from '../values';
import type { Budget } from './budget';
import type { PageResult } from './poll/types';

/** API: at most 100 rows per page. */
const PAGE_SIZE = 100;
const MAX_TIMEOUT_MS = 30_000;
/** Of the poll's time: the list may take this much, so that some is left for the messages. */
const SHARE_OF_LIST = 0.6;
const SHARE_OF_ENTRIES = 0.85;

/** What a machine asks for, as the API has it. */
export interface PageCall extends Omit<ListRequest, 'method'> {
	/** The list in which the poll finds what it then reads. */
	isMainList?: boolean;
	cursor?: string;
	/** HTTP statuses after which the poll goes on without the page. */
	goneAt: readonly string[];
	/** Asks for one object, not for a list: what it is called where the answer wraps it once more. */
	objectName?: string;
}

/** What a cursor that is no longer accepted is answered with. */
export const CURSOR_GONE = ['400', '404', '410', '422'];

/**
 * The only place where the trigger calls the API.
 * @throws NodeApiError for everything but what `goneAt` names
 */
export async function fetchPage(
	client: TrustPagerClient,
	{ isMainList, cursor, goneAt, objectName, ...request }: PageCall,
	budget: Budget,
): Promise<PageResult> {
	if (budget.signal.aborted) return { outcome: 'outOfTime', nearDeadline: true };
	const share = isMainList ? SHARE_OF_LIST : SHARE_OF_ENTRIES;
	const paging = objectName === undefined ? { limit: PAGE_SIZE, ...cursorQuery(cursor) } : {};
	try {
		const answer = await callList(client, {
			...request,
			method: 'GET',
			query: { ...request.query, ...paging },
			timeoutMs: Math.max(1_000, Math.min(MAX_TIMEOUT_MS, budget.remainingMs)),
			// A wait longer than the poll ends with the 429 itself: n8n's scheduler backs off by it.
			maxRateLimitWaitMs: budget.remainingMs,
			signal: budget.signal,
		});
		const one = () => [unwrap(dataOf(answer), objectName ?? '')];
		const page = readPage(objectName === undefined ? answer.body : one());
		// API: not documented, but every HTTP server and gateway sends `Date`.
		const serverTime = readTime(answer.headers.date);
		return { outcome: 'page', page, serverTime, nearDeadline: budget.hasUsed(share) };
	} catch (error) {
		return withoutAnswer(error, goneAt, budget.signal.aborted, budget.hasUsed(share));
	}
}

/** @throws whatever is a failure of the poll */
function withoutAnswer(
	error: unknown,
	goneAt: readonly string[],
	isLate: boolean,
	nearDeadline: boolean,
): PageResult {
	const code = error instanceof NodeApiError ? String(error.httpCode) : '';
	if (goneAt.includes(code)) return { outcome: 'gone', nearDeadline, reason: error };
	const isRefusal = /^4/.test(code) && code !== '429';
	if (isLate && !isRefusal) return { outcome: 'outOfTime', nearDeadline: true, reason: error };
	throw error;
}
