import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { call, cursorQuery, readPage } from '../transport';
import type { ApiAnswer } from '../transport';
import type { Seen, Want } from './poll/types';

/** API: at most 100 rows a page. */
const PAGE_SIZE = 100;
const LONGEST_ANSWER_MS = 30_000;
/** Of the poll's time: the list may take so much, so that some is left for the messages. */
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

	get leftMs(): number {
		return Math.max(0, this.started + this.ms - Date.now());
	}

	hasUsed(share: number): boolean {
		return this.leftMs <= this.ms * (1 - share);
	}
}

/**
 * The only place where the trigger asks the API, through the shared transport.
 * @param filters query of the thread list, under the API's names; the direction is never among them, because a thread
 *   that we answered may still hold a new inbound message
 * @throws NodeApiError for everything but a thread that is gone and a cursor that is no longer accepted
 */
export async function fetchPage(
	context: IPollFunctions,
	want: Want,
	filters: IDataObject,
	budget: Budget,
): Promise<Seen> {
	const isList = want.kind === 'threads';
	if (budget.signal.aborted) return { outcome: 'outOfTime', hurry: true };
	const share = isList ? SHARE_OF_LIST : SHARE_OF_MESSAGES;
	try {
		const answer = await call(context, {
			method: 'GET',
			path: isList ? '/email/threads' : '/email/threads/{threadId}/messages',
			pathParameters: isList ? undefined : { threadId: want.threadId },
			query: { ...(isList ? filters : {}), limit: PAGE_SIZE, ...cursorQuery(want.cursor) },
			scope: 'email:read',
			timeout: Math.max(1_000, Math.min(LONGEST_ANSWER_MS, budget.leftMs)),
			// A wait longer than the poll ends with the 429 itself: n8n's scheduler backs off by it.
			longestLimitMs: budget.leftMs,
			signal: budget.signal,
		});
		return {
			outcome: 'page',
			page: readPage(answer.body),
			serverTime: serverTime(answer),
			hurry: budget.hasUsed(share),
		};
	} catch (error) {
		return withoutAnswer(error, want, budget.signal.aborted, budget.hasUsed(share));
	}
}

/** @throws whatever is a failure of the poll */
function withoutAnswer(error: unknown, want: Want, isLate: boolean, hurry: boolean): Seen {
	const code = error instanceof NodeApiError ? String(error.httpCode) : '';
	if (error instanceof NodeApiError && isGone(code, want)) return { outcome: 'gone', hurry };
	const isRefusal = /^4/.test(code) && code !== '429';
	if (isLate && !isRefusal) return { outcome: 'outOfTime', hurry: true, reason: error };
	throw error;
}

/** A first page that is refused is a failure; a thread can be deleted and a cursor can expire. */
function isGone(code: string, want: Want): boolean {
	if (want.kind === 'messages') return code === '404';
	return want.cursor !== undefined && ['400', '404', '410', '422'].includes(code);
}

/** API: not documented, but every HTTP server and gateway sends `Date`. */
function serverTime({ headers }: ApiAnswer): number | undefined {
	const time = Date.parse(String(headers.date));
	return Number.isNaN(time) ? undefined : time;
}
