import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../values';
import { clean } from './cleanBody';
import type { Connection } from './credential';
import { CREDENTIAL } from './credential';
import { warnOfCredits } from './credits';
import { readRetryAfter } from './apiFailure';
import { pacerOf } from './rateLimiter';
import { readLost } from './networkFailure';
import { fillPath } from './path';
import { whenRoom } from './room';
import { timing } from './timing';
import type { ApiContext, ApiRequest, Exchange } from './types';
import { CancelledWait, pause } from './abort';

/** More tries after the first, for requests that may be repeated. */
const MORE_TRIES = 3;
/** After so many 429 an answer that says "at once" is no longer taken at its word. */
const TRUSTED_TRIES = 3;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Sends one request, paced, with the tries its kind allows, and gives back the last answer or how it was lost.
 * A 429 and a connection that never came about are tried again whatever the kind (the server did nothing), 5xx and
 * lost answers only when `repeatable`. Never throws for what the server does, and an answer that came is given back
 * even when the execution was cancelled meanwhile: what was done is never forgotten.
 * @throws NodeOperationError when cancelled before it left, or for an id that does not fit into the path
 */
export async function exchange(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
): Promise<Exchange> {
	const options = requestOptions(context, connection, request);
	const signal = request.signal ?? cancelSignal(context);
	const repeatable = request.repeatable ?? request.method === 'GET';
	let firstSentAt: number | undefined;
	let again = 0;
	let unknownBefore = false;

	for (let tries = 1; ; tries++) {
		const pacer = pacerOf(connection.keyId, connection.requestsPerMinute);
		await orCancelled(context, pacer.enter(tries > 1, signal));
		const sentAt = Date.now();
		firstSentAt ??= sentAt;
		let result: Exchange | undefined;
		let wait: number | undefined;
		try {
			const attempt: Attempt = { tries, sentAt, afterUnknown: unknownBefore };
			result = await orCancelled(
				context,
				sendOnce(context, connection, request, options, attempt, signal),
			);
			const limited = result.answer?.status === 429;
			const mayTry = limited || (again < MORE_TRIES && mayPass(result, repeatable));
			if (mayTry && !signal?.aborted) {
				if (!limited) again++;
				wait = waitBefore(result, limited ? tries : again);
				const longestMs = (limited && request.longestLimitMs) || timing.maxRetryMs;
				if (Date.now() - firstSentAt + wait > longestMs) wait = undefined;
				else if (limited) pacer.slowDown(wait, sentAt);
			}
		} finally {
			const status = result?.answer?.status;
			pacer.leave(status !== undefined && status !== 429);
		}
		if (wait === undefined) return result;
		if (result.answer?.status === 429) continue;
		unknownBefore ||= !result.lost?.neverLeft;
		await orCancelled(context, pause(wait, signal));
	}
}

function mayPass({ answer, lost }: Exchange, repeatable: boolean): boolean {
	if (lost) return lost.neverLeft ? !lost.hopeless : repeatable;
	return repeatable && (answer.status >= 500 || answer.status === 408);
}

/** What the server asks for, else 1, 2, 4 … s, each between half and whole: clients that failed together come back apart. */
function waitBefore({ answer }: Exchange, failures: number): number {
	const asked = answer && readRetryAfter(answer.headers);
	if (asked === undefined) return backoff(failures);
	return failures > TRUSTED_TRIES ? Math.max(asked, backoff(failures - TRUSTED_TRIES)) : asked;
}

function backoff(failures: number): number {
	const whole = Math.min(timing.maxBackoffMs, timing.backoffBaseMs * 2 ** (failures - 1));
	return whole * (0.5 + Math.random() / 2);
}

interface Attempt {
	tries: number;
	/** Set anew when the request really leaves, after waiting for room. */
	sentAt: number;
	afterUnknown: boolean;
}

async function sendOnce(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
	options: IHttpRequestOptions,
	attempt: Attempt,
	signal?: AbortSignal,
): Promise<Exchange> {
	const { files } = request;
	if (!files) return await leave(context, connection, request, options, attempt);
	return await whenRoom(files.bytes, signal, async () => {
		const body = await files.join(request.body ?? {});
		const headers = { ...options.headers, 'Content-Type': 'application/json' };
		return await leave(context, connection, request, { ...options, body, headers }, attempt);
	});
}

async function leave(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
	options: IHttpRequestOptions,
	attempt: Attempt,
): Promise<Exchange> {
	request.onLeave?.();
	attempt.sentAt = Date.now();
	let response: unknown;
	try {
		response = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
		);
	} catch (error) {
		return { lost: readLost(error, attempt.tries, attempt.sentAt) };
	}
	const full = isObject(response) ? response : {};
	const body = clean(full.body, connection.secrets);
	warnOfCredits(context, connection, body);
	const headers = isObject(full.headers) ? full.headers : {};
	return { answer: { status: Number(full.statusCode ?? 0), headers, body, ...attempt } };
}

function requestOptions(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
): IHttpRequestOptions {
	return {
		...request.engineOptions,
		...(connection.allowedDomains && { allowedDomains: connection.allowedDomains }),
		timeout: request.timeout ?? request.engineOptions?.timeout ?? DEFAULT_TIMEOUT_MS,
		method: request.method,
		baseURL: undefined,
		url: connection.baseUrl + fillPath(context, request),
		qs: request.query,
		body: request.body,
		headers: { Accept: 'application/json', ...request.headers },
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would take the key, or a mail, to a host that nobody chose.
		disableFollowRedirect: true,
	};
}

async function orCancelled<T>(context: ApiContext, work: Promise<T>): Promise<T> {
	return await work.catch(async (error: unknown) => {
		if (!(error instanceof CancelledWait)) return await Promise.reject(error);
		throw new NodeOperationError(context.getNode(), 'The execution was cancelled', {
			description: 'Nothing more was sent.',
			level: 'warning',
		});
	});
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
