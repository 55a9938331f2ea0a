import { NodeOperationError } from 'n8n-workflow';

import { readRetryAfter } from './apiFailure';
import { httpRequest } from './httpRequest';
import type { Outcome } from './pacing/keyShare';
import type { Rank } from './rateLimiter';
import { rateLimiterOf } from './rateLimiter';
import type { Verdict } from './retryPolicy';
import { decide, isAmbiguous, isLasting, isRateLimited, kindOf } from './retryPolicy';
import type { ApiContext, ApiRequest, Connection, Exchange } from './types';
import { CancelledWait, pause } from './waiting';

/**
 * Sends one request within the key's rate limit, as often as the retry policy allows, and returns the last result.
 * Never throws for what the server or the network does. A result that came is returned even when the execution was
 * cancelled meanwhile: what was done is never forgotten.
 * @throws NodeOperationError when cancelled before it was sent, or for an ID that does not fit into the path
 */
export async function exchange(connection: Connection, request: ApiRequest): Promise<Exchange> {
	const signal = request.signal ?? connection.signal ?? cancelSignal(connection.context);
	const send = httpRequest(connection, request, signal);
	try {
		for (let progress = START; ; ) {
			const { result, verdict, next } = await tryOnce(connection, request, send, progress, signal);
			if (!verdict.retry) return result;
			// A 429 has told the rate limiter, which waits for everybody on the key.
			if (!isRateLimited(result)) await pause(verdict.afterMs, signal);
			progress = next;
		}
	} catch (error) {
		if (!(error instanceof CancelledWait)) return await Promise.reject(error);
		throw new NodeOperationError(connection.context.getNode(), 'The execution was cancelled', {
			description: 'Nothing more was sent.',
			level: 'warning',
		});
	}
}

/** What one try has to know of those before it. */
interface Progress {
	tries: number;
	failures: number;
	firstSentAt?: number;
	afterAmbiguous: boolean;
}

const START: Progress = { tries: 0, failures: 0, afterAmbiguous: false };
const STOP: Verdict = { retry: false };

async function tryOnce(
	{ context, credential, usage }: Connection,
	request: ApiRequest,
	send: ReturnType<typeof httpRequest>,
	progress: Progress,
	signal?: AbortSignal,
): Promise<{ result: Exchange; verdict: Verdict; next: Progress }> {
	const limiter = rateLimiterOf(credential.workspaceKey, credential.requestsPerMinute);
	const { afterAmbiguous } = progress;
	const refused = () => {
		const answer = limiter.lastingRefusal(Date.now());
		return (
			answer && { result: { answer: { ...answer, afterAmbiguous } }, verdict: STOP, next: progress }
		);
	};
	const known = refused();
	if (known) return known;
	const entered = limiter.enter(rankOf(context, progress), signal);
	await usage?.wait(limiter, entered);
	const turn = await entered;
	const sentAt = Date.now();
	const { firstSentAt = sentAt } = progress;
	const count = progress.tries + 1;
	let outcome: Outcome = 'unsent';
	try {
		const sinceKnown = refused();
		if (sinceKnown) return sinceKnown;
		outcome = 'lost';
		const triedSince = progress.firstSentAt;
		const result = await send({ tries: count, sentAt, triedSince, afterAmbiguous });
		const isLimited = isRateLimited(result);
		const failures = progress.failures + (isLimited ? 0 : 1);
		const { maxRateLimitWaitMs } = request;
		const elapsedMs = Date.now() - firstSentAt;
		const tries = { count, failures, elapsedMs, maxRateLimitWaitMs };
		const verdict = signal?.aborted ? STOP : decide(result, kindOf(request), tries);
		outcome = outcomeOf(result, verdict);
		if (result.answer && isLasting(result.answer)) limiter.refuseAll(result.answer);
		const next: Progress = {
			tries: count,
			failures,
			firstSentAt,
			afterAmbiguous: afterAmbiguous || isAmbiguous(result),
		};
		return { result, verdict, next };
	} finally {
		limiter.leave(turn, outcome);
	}
}

/** Somebody, or n8n's schedule, waits for polls and pickers; items of a node there may be many. */
function rankOf(context: ApiContext, { tries }: Progress): Rank {
	if (!('getItemIndex' in context)) return 'urgent';
	return tries > 0 ? 'retry' : 'new';
}

function outcomeOf(result: Exchange, verdict: Verdict): Outcome {
	if (!result.answer) return 'lost';
	if (!isRateLimited(result)) return 'served';
	const waitMs = verdict.retry ? verdict.afterMs : 0;
	return { waitMs, askedMs: readRetryAfter(result.answer.headers) };
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
