import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { callList } from '../dialects/callList';
import type { TrustPagerClient } from '../transport/client';
import { cursorQuery, readPage } from '../transport/paging';
import { readTime } from '../values';
import type { PageRequest, PageResult } from './poll/types';

/** API: at most 100 rows per page. */
const PAGE_SIZE = 100;
const MAX_TIMEOUT_MS = 30_000;
/** Of the poll's time: the list may take this much, so that some is left for the messages. */
const SHARE_OF_LIST = 0.6;
const SHARE_OF_MESSAGES = 0.85;

/** How long one poll may take, by this machine's clock: a duration, never a time of the data. */
export class Budget {
	private readonly started = Date.now();
	/** Aborts when the time is up: ends the waits for the rate limit too. */
	readonly signal: AbortSignal;

	constructor(readonly ms: number) {
		this.signal = AbortSignal.timeout(ms);
	}

	get remainingMs(): number {
		return Math.max(0, this.started + this.ms - Date.now());
	}

	hasUsed(share: number): boolean {
		return this.remainingMs <= this.ms * (1 - share);
	}
}

/**
 * The only place where the trigger calls the API.
 * @param filters query of the thread list, under the API's names; the direction is never among them, because a thread
 *   that we answered may still hold a new inbound message
 * @throws NodeApiError for everything but a thread that is gone and a cursor that is no longer accepted
 */
export async function fetchPage(
	client: TrustPagerClient,
	request: PageRequest,
	filters: IDataObject,
	budget: Budget,
): Promise<PageResult> {
	const isList = request.kind === 'threads';
	if (budget.signal.aborted) return { outcome: 'outOfTime', nearDeadline: true };
	const share = isList ? SHARE_OF_LIST : SHARE_OF_MESSAGES;
	try {
		const answer = await callList(client, {
			method: 'GET',
			path: isList ? '/email/threads' : '/email/threads/{threadId}/messages',
			newestFirstBy: isList ? 'last_message_at' : undefined,
			pathParameters: isList ? undefined : { threadId: request.threadId },
			query: { ...(isList ? filters : {}), limit: PAGE_SIZE, ...cursorQuery(request.cursor) },
			scope: 'email:read',
			timeoutMs: Math.max(1_000, Math.min(MAX_TIMEOUT_MS, budget.remainingMs)),
			// A wait longer than the poll ends with the 429 itself: n8n's scheduler backs off by it.
			maxRateLimitWaitMs: budget.remainingMs,
			signal: budget.signal,
		});
		return {
			outcome: 'page',
			page: readPage(answer.body),
			// API: not documented, but every HTTP server and gateway sends `Date`.
			serverTime: readTime(answer.headers.date),
			nearDeadline: budget.hasUsed(share),
		};
	} catch (error) {
		return withoutAnswer(error, request, budget.signal.aborted, budget.hasUsed(share));
	}
}

/** @throws whatever is a failure of the poll */
function withoutAnswer(
	error: unknown,
	request: PageRequest,
	isLate: boolean,
	nearDeadline: boolean,
): PageResult {
	const code = error instanceof NodeApiError ? String(error.httpCode) : '';
	if (error instanceof NodeApiError && isGone(code, request)) {
		return { outcome: 'gone', nearDeadline };
	}
	const isRefusal = /^4/.test(code) && code !== '429';
	if (isLate && !isRefusal) return { outcome: 'outOfTime', nearDeadline: true, reason: error };
	throw error;
}

/** A first page that is refused is a failure; a thread can be deleted and a cursor can expire. */
function isGone(code: string, request: PageRequest): boolean {
	if (request.kind === 'messages') return code === '404';
	return request.cursor !== undefined && ['400', '404', '410', '422'].includes(code);
}
