import type { Failure, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { ApiFailure } from './apiFailure';
import type { Advice } from './errorTexts';
import {
	adviceFor,
	adviceForMissing,
	adviceForScopes,
	ATTACHMENT_LIMITS,
	DAILY_LIMIT,
} from './errorTexts';
import { redact } from './redact';
import type { NetworkFailure } from './types';

export interface ErrorContext {
	node: INode;
	/** Masked in every text. */
	secrets: readonly string[];
	/** Index of the input item; left out by pickers and the trigger. */
	itemIndex?: number;
}

export interface ErrorTexts {
	title: string;
	description: string;
	httpCode?: string;
	failure?: Failure;
}

/**
 * The one place where a NodeApiError of this package is made. It is built from texts only: an error of axios would carry
 * the request's headers, and with them the API key, into the execution's data.
 */
export function apiError(context: ErrorContext, texts: ErrorTexts): NodeApiError {
	const { node, secrets, itemIndex } = context;
	const title = redact(texts.title, secrets, 300);
	const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	const description = redact(texts.description, secrets, 1_500) + item;
	const plain: JsonObject = { message: title, description };
	const error = new NodeApiError(node, plain, {
		message: title,
		description,
		httpCode: texts.httpCode,
		itemIndex,
		...(texts.failure ? { failure: texts.failure } : {}),
	});
	// n8n swaps some messages for its own by code (ECONNREFUSED, 429 …); ours say what to do.
	error.message = title;
	error.description = description;
	return error;
}

/**
 * The error for an answer of the server that is no success.
 * @param ambiguous the request may have been completed all the same, and must not be repeated blindly
 */
export function refusalError(
	context: ErrorContext,
	failure: ApiFailure,
	ambiguous = false,
): NodeApiError {
	const advice = adviceOf(failure);
	const isOwn = OUR_ADVICE.includes(failure.code) || failure.missingEntities.length > 0;
	const [fix, hint] = [failure.fix, failure.hint].filter((text) => !isOwn || !isAboutKey(text));
	const next = (!isOwn && fix) || (!ambiguous && advice.next);
	const isShown = (text: string) => next !== false && next.includes(text);
	const parts = [
		ambiguous &&
			'The change may still have gone through. Check in TrustPager before you run it again.',
		isOwn ? fix : next,
		hint,
		isOwn && next,
		failure.code !== 'INSUFFICIENT_SCOPE' &&
			failure.requiredScopes.length > 0 &&
			`Required scope: ${failure.requiredScopes.join(', ')}.`,
		failure.available.length > 0 && `Accepted values: ${failure.available.join(', ')}.`,
		failure.namesAttachments && !isShown(ATTACHMENT_LIMITS) && ATTACHMENT_LIMITS,
		failure.isLasting && failure.message,
		failure.retryAfterMs !== undefined && waitText(failure.retryAfterMs, failure.isLasting),
		failure.code ? `(${failure.code}, HTTP ${failure.status})` : `(HTTP ${failure.status})`,
	];
	const error = apiError(context, {
		title: isOurTitle(failure) ? advice.title : (failure.message ?? advice.title),
		description: parts.filter(Boolean).map(String).map(asSentence).join(' '),
		httpCode: String(failure.status),
		failure: schedulerHint(failure),
	});
	refusalCodes.set(error, failure.isLasting ? { ...failure, code: 'DAILY_LIMIT' } : failure);
	return ambiguous ? markAmbiguous(error) : error;
}

/** The server's advice for these is about headers and its own settings; in n8n there is the credential, too. */
const OUR_ADVICE = ['UNAUTHORIZED', 'INSUFFICIENT_SCOPE'];

function isOurTitle({ missingEntities, isLasting }: ApiFailure): boolean {
	return missingEntities.length > 0 || isLasting === true;
}

function adviceOf(failure: ApiFailure): Advice {
	const { code, status, missingEntities, requiredScopes } = failure;
	if (failure.isLasting) return DAILY_LIMIT;
	if (missingEntities.length > 0) return adviceForMissing(missingEntities);
	const advice = adviceFor(code, status);
	return code === 'INSUFFICIENT_SCOPE'
		? { ...advice, next: adviceForScopes(requiredScopes) }
		: advice;
}

/** Whether our own advice says the same. */
function isAboutKey(text = ''): boolean {
	return /\b(scopes?|keys?|bearer)\b|\b[a-z-]+:[a-z]/i.test(text);
}

const refusalCodes = new WeakMap<Error, Pick<ApiFailure, 'code' | 'requiredScopes'>>();

/** The API's code of a refusal (DAILY_LIMIT for a rate limit that lasts), '' when the server gave none, and the scopes it asks for; undefined for any other error. */
export function refusalIn(error: unknown) {
	return error instanceof Error ? refusalCodes.get(error) : undefined;
}

/** The error for a request whose answer never came, after all tries that were allowed. */
export function networkError(context: ErrorContext, failure: NetworkFailure): NodeApiError {
	const { code, message, notSent } = failure;
	const tries = failure.tries > 1 ? ` Tried ${failure.tries} times.` : '';
	const reason = code || message;
	return apiError(context, {
		title: notSent
			? 'TrustPager could not be reached'
			: 'The connection to TrustPager was lost before the answer came',
		description: notSent
			? `Check 'Base URL' in the credential and the network of this n8n (${reason}).${tries}`
			: `Try again in a moment; for slow connections raise 'Timeout' under 'Request Options' (${reason}).${tries}`,
		httpCode: code || undefined,
		failure: { cause: 'temporarily-unavailable' },
	});
}

/** The error for a write that must not be repeated because it may have been completed. */
export function ambiguousError(context: ErrorContext, why: string, code?: string): NodeApiError {
	return markAmbiguous(
		apiError(context, {
			title: 'It is unknown whether TrustPager has completed this',
			description: `${why} Check in TrustPager, or with Get Many, before you run it again.`,
			httpCode: code || undefined,
		}),
	);
}

const ambiguousErrors = new WeakSet<Error>();

/** Whether the server refused what the request asks for (400 or 422), and may grant it in another form. */
export function isRefusedRequest(error: unknown): boolean {
	return error instanceof NodeApiError && ['400', '422'].includes(String(error.httpCode));
}

/** Marks an error after which nobody knows whether the request was completed. */
export function markAmbiguous<T extends Error>(error: T): T {
	ambiguousErrors.add(error);
	return error;
}

/** Whether an error means that the request may have been completed. */
export function isAmbiguousError(error: unknown): boolean {
	return error instanceof Error && ambiguousErrors.has(error);
}

/** n8n's durable scheduler backs off, or stops polling, by this; older versions ignore it. */
function schedulerHint(failure: ApiFailure): Failure | undefined {
	if (failure.status === 401) return { cause: 'credential-invalid' };
	if (failure.status === 429) {
		return { cause: 'rate-limited', retryAfterMs: failure.retryAfterMs };
	}
	const isSpent = ['INSUFFICIENT_CREDITS', 'PLAN_REQUIRED'].includes(failure.code);
	if (failure.status === 402 || isSpent) {
		return { cause: 'quota-exhausted' };
	}
	if (failure.status >= 500) return { cause: 'temporarily-unavailable' };
	return undefined;
}

function waitText(ms: number, isLasting?: boolean): string {
	if (!isLasting) return `TrustPager asks to wait ${Math.ceil(ms / 1_000)} s.`;
	const end = new Date(Date.now() + ms).toISOString().slice(0, 16).replace('T', ' ');
	return `According to TrustPager it ends at ${end} UTC.`;
}

function asSentence(text: string): string {
	return /[.!?)…]$/.test(text) ? text : `${text}.`;
}
