import { isSuccess } from './answer';
import { readRetryAfter } from './apiFailure';
import { timing } from './pacing/timing';
import type { ApiAnswer, ApiRequest, Attempt, Exchange, RequestKind } from './types';

/**
 * When a request is sent again, and after how long. The only place that knows the HTTP statuses of this rule:
 *
 * | result                                         | read, idempotentWrite | once  | ambiguous |
 * | ---------------------------------------------- | --------------------- | ----- | --------- |
 * | 429                                            | retry                 | retry | no        |
 * | connection never made                          | retry                 | retry | no        |
 * | refused for good (certificate, n8n's own rule) | stop                  | stop  | no        |
 * | 5xx, 408, connection lost after sending        | retry                 | stop  | yes       |
 * | a 2xx that is not JSON                         | stop                  | stop  | yes       |
 * | any other answer                               | stop                  | stop  | no        |
 *
 * Ambiguous: the server may have done what was asked.
 */

/** Retries after the first try. 429s do not count: they are limited by time only. */
const MAX_RETRIES = 3;
/** After this many tries a `Retry-After: 0` is no longer taken at its word. */
const TRUSTED_TRIES = 3;

export type Verdict = { retry: false } | { retry: true; afterMs: number };

/** One request's tries so far, the last one included. */
export interface Tries {
	count: number;
	/** Those that were not answered with 429. */
	failures: number;
	/** Since the first try was sent. */
	elapsedMs: number;
	/** For 429s; default `timing.maxRetryMs`. */
	maxRateLimitWaitMs?: number;
}

/** Whether to send the request again, and after how many ms. Pure but for `random` (0 to 1, the jitter). */
export function decide(
	result: Exchange,
	kind: RequestKind,
	tries: Tries,
	random: () => number = Math.random,
): Verdict {
	const isLimited = isRateLimited(result);
	if (!isLimited && (tries.failures > MAX_RETRIES || !mayRetry(result, kind))) {
		return { retry: false };
	}
	const afterMs = delayBefore(result, isLimited ? tries.count : tries.failures, random);
	const maxMs = (isLimited ? tries.maxRateLimitWaitMs : undefined) ?? timing.maxRetryMs;
	return tries.elapsedMs + afterMs > maxMs ? { retry: false } : { retry: true, afterMs };
}

/** What the retry policy takes a request for. */
export function kindOf({ kind, method }: Pick<ApiRequest, 'kind' | 'method'>): RequestKind {
	return kind ?? (method === 'GET' ? 'read' : 'once');
}

/** The server refused the request because of its rate limit, and did nothing. */
export function isRateLimited({ answer }: Exchange): boolean {
	return answer?.status === 429;
}

/**
 * A 429 that is not waited out: the server asks for too long, or gave no time and went on for as long.
 * API: 10,000 requests a day by default (docs 2026-04); how a server that has counted them answers is not documented.
 */
export function isLasting({
	status,
	headers,
	sentAt = 0,
	triedSince = sentAt,
}: Pick<ApiAnswer, 'status' | 'headers'> & Partial<Attempt>): boolean {
	const untoldMs = sentAt - triedSince + timing.maxBackoffMs;
	return status === 429 && (readRetryAfter(headers) ?? untoldMs) > timing.maxRetryMs;
}

/** The request may have taken effect although no success was reported. */
export function isAmbiguous({ answer, failure }: Exchange): boolean {
	if (failure) return !failure.notSent;
	return failedMidway(answer) || (answer.status < 300 && !isSuccess(answer));
}

/** A retry that finds the entry gone: the try whose answer was lost has done it. */
export function isDoneByEarlierTry(answer: ApiAnswer, request: ApiRequest): boolean {
	return request.notFoundIsSuccess === true && answer.status === 404 && answer.afterAmbiguous;
}

function mayRetry({ answer, failure }: Exchange, kind: RequestKind): boolean {
	if (failure?.notSent) return !failure.permanent;
	return kind !== 'once' && (failure !== undefined || failedMidway(answer));
}

/** A server that answers so may have done a part of it, or all. */
export function failedMidway({ status }: Pick<ApiAnswer, 'status'>): boolean {
	return status >= 500 || status === 408;
}

/** What the server asks for, else 1, 2, 4 … s, each with jitter: clients that failed together come back apart. */
function delayBefore({ answer }: Exchange, failures: number, random: () => number): number {
	const asked = answer && readRetryAfter(answer.headers);
	if (asked === undefined) return backoff(failures, random);
	if (failures <= TRUSTED_TRIES) return asked;
	return Math.max(asked, backoff(failures - TRUSTED_TRIES, random));
}

function backoff(failures: number, random: () => number): number {
	const wholeMs = Math.min(timing.maxBackoffMs, timing.backoffBaseMs * 2 ** (failures - 1));
	return wholeMs * (0.5 + random() / 2);
}
