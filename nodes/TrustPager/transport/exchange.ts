import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { isObject } from '../shared/values';
import type { Connection } from './connection';
import { CREDENTIAL } from './connection';
import { readRetryAfter } from './failure';
import { CancelledWait, pacerOf } from './limiter';
import { fillPath } from './path';
import type { ApiAnswer, ApiContext, ApiRequest, Exchange, LostAnswer } from './types';

/** More tries after the first, for requests that may be repeated. */
const MORE_TRIES = 3;
/** All waiting for one request together, 429 or not. */
export const retrying = { longestMs: 5 * 60_000, baseMs: 1_000, longestNapMs: 30_000 };
const DEFAULT_TIMEOUT_MS = 30_000;

const NEVER_LEFT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Sends one request, paced, with the tries its kind allows, and gives back the last answer or how it was lost.
 * A 429 is tried again whatever the kind (the server did nothing), 5xx and lost answers only when `repeatable`.
 * Never throws for what the server does.
 * @throws NodeOperationError when the execution is cancelled, or for an id that does not fit into the path
 */
export async function exchange(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
): Promise<Exchange> {
	const options = requestOptions(context, connection, request);
	const signal = request.signal ?? cancelSignal(context);
	const pacer = pacerOf(connection.keyId, connection.requestsPerMinute);
	const repeatable = request.repeatable ?? request.method === 'GET';
	const started = Date.now();
	let again = 0;

	for (let tries = 1; ; tries++) {
		await orCancelled(context, pacer.enter(tries > 1, signal));
		const sentAt = Date.now();
		const result = await once(context, options, tries, again > 0);
		const status = result.answer?.status;
		pacer.leave(status !== undefined && status !== 429);
		if (signal?.aborted) throw cancelled(context);

		const limited = status === 429;
		if (!limited && !(repeatable && mayPass(result) && again < MORE_TRIES)) return result;
		if (!limited) again++;
		const asked = result.answer && readRetryAfter(result.answer.headers);
		const wait = asked ?? backoff(limited ? tries : again);
		if (Date.now() - started + wait > retrying.longestMs) return result;
		if (limited) pacer.slowDown(wait, sentAt);
		else await orCancelled(context, pause(wait, signal));
	}
}

function mayPass(result: Exchange): boolean {
	return result.lost !== undefined || result.answer.status >= 500;
}

/** 1, 2, 4 … s, at most 30, each between half and whole: clients that failed together come back apart. */
function backoff(failures: number): number {
	const whole = Math.min(retrying.longestNapMs, retrying.baseMs * 2 ** (failures - 1));
	return whole * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	const until = Date.now() + ms;
	for (let left = ms; left > 0; left = until - Date.now()) {
		if (signal?.aborted) throw new CancelledWait();
		await sleep(Math.min(left, 250));
	}
}

async function once(
	context: ApiContext,
	options: IHttpRequestOptions,
	tries: number,
	afterUnknown: boolean,
): Promise<Exchange> {
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
		);
		return { answer: { ...readAnswer(response), tries, afterUnknown } };
	} catch (error) {
		return { lost: readLost(error, tries) };
	}
}

function readAnswer(response: unknown): Pick<ApiAnswer, 'status' | 'headers' | 'body'> {
	const full = isObject(response) ? response : {};
	return {
		status: Number(full.statusCode ?? 0),
		headers: isObject(full.headers) ? full.headers : {},
		body: full.body,
	};
}

/** n8n wraps what axios throws; the code may sit on either. */
function readLost(error: unknown, tries: number): LostAnswer {
	const outer: Record<string, unknown> = error instanceof Error ? { ...error } : {};
	const cause: unknown = error instanceof Error ? error.cause : undefined;
	const inner: Record<string, unknown> = cause instanceof Error ? { ...cause } : {};
	const code = [inner.code, outer.code, outer.httpCode].find(
		(value): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value),
	);
	return {
		code: code ?? '',
		message: error instanceof Error ? error.message : String(error),
		neverLeft: code !== undefined && NEVER_LEFT.has(code),
		tries,
	};
}

function requestOptions(
	context: ApiContext,
	connection: Connection,
	request: ApiRequest,
): IHttpRequestOptions {
	return {
		...request.engineOptions,
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

async function orCancelled(context: ApiContext, wait: Promise<void>): Promise<void> {
	try {
		await wait;
	} catch {
		throw cancelled(context);
	}
}

function cancelled(context: ApiContext): NodeOperationError {
	return new NodeOperationError(context.getNode(), 'The execution was cancelled', {
		description: 'Nothing more was sent.',
		level: 'warning',
	});
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
