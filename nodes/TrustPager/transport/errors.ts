import type { Failure, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { adviceFor } from './errorTexts';
import type { ApiFailure } from './apiFailure';
import { redact } from './redact';
import type { LostAnswer } from './types';

export interface ErrorPlace {
	node: INode;
	/** Taken out of every text. */
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
 * The one place where an error of this package is made. It is built from texts only: an error of axios would carry
 * the request's headers, and with them the API key, into the execution's data.
 */
export function apiError(place: ErrorPlace, texts: ErrorTexts): NodeApiError {
	const title = redact(texts.title, place.secrets, 300);
	const where = place.itemIndex === undefined ? '' : ` [item ${place.itemIndex}]`;
	const description = redact(texts.description, place.secrets, 1_500) + where;
	const plain: JsonObject = { message: title, description };
	const error = new NodeApiError(place.node, plain, {
		message: title,
		description,
		httpCode: texts.httpCode,
		itemIndex: place.itemIndex,
		...(texts.failure ? { failure: texts.failure } : {}),
	});
	// n8n swaps some messages for its own by code (ECONNREFUSED, 429 …); ours say what to do.
	error.message = title;
	error.description = description;
	return error;
}

/**
 * The error for an answer the server gave with a status that is no success.
 * @param once the request may not be repeated blindly: after a 5xx nobody knows whether it was done
 */
export function refusedError(place: ErrorPlace, failure: ApiFailure, once = false): NodeApiError {
	const advice = adviceFor(failure.code, failure.status);
	const unsure = once && isOpen(failure.status);
	const parts = [
		...failure.missingEntities.map(({ field, id }) => `'${field}' ${id} does not exist here.`),
		unsure ? 'It may have been done all the same: look before you run it again.' : undefined,
		failure.fix ?? (unsure ? undefined : advice.next),
		failure.hint,
		failure.requiredScopes.length > 0 && `Needed scope: ${failure.requiredScopes.join(', ')}.`,
		failure.available.length > 0 && `Accepted values: ${failure.available.join(', ')}.`,
		failure.retryAfterMs !== undefined &&
			`TrustPager asks to wait ${Math.ceil(failure.retryAfterMs / 1_000)} s.`,
		failure.fix && failure.code === 'INSUFFICIENT_SCOPE' && advice.next,
		failure.code && `(${failure.code}, HTTP ${failure.status})`,
		!failure.code && `(HTTP ${failure.status})`,
	];
	const error = apiError(place, {
		title: failure.message ?? advice.title,
		description: parts.filter(Boolean).map(String).map(asSentence).join(' '),
		httpCode: String(failure.status),
		failure: schedulerHint(failure),
	});
	return unsure ? asUnknown(error) : error;
}

/** Whether a status leaves open if the request was carried out: the server failed on the way, or said yes unreadably. */
export function isOpen(status: number): boolean {
	return status >= 500 || status < 300 || status === 408;
}

const unknowns = new WeakSet<Error>();

/** Marks an error after which nobody knows whether the request was carried out. */
export function asUnknown<T extends Error>(error: T): T {
	unknowns.add(error);
	return error;
}

/** Whether an error means that the request may have been carried out. */
export function leavesUnknown(error: unknown): boolean {
	return error instanceof Error && unknowns.has(error);
}

/** The error for a request whose answer never came, after all tries that were allowed. */
export function lostError(place: ErrorPlace, lost: LostAnswer): NodeApiError {
	const tries = lost.tries > 1 ? ` Tried ${lost.tries} times.` : '';
	const reason = lost.code || lost.message;
	return apiError(place, {
		title: lost.neverLeft
			? 'TrustPager could not be reached'
			: 'The connection to TrustPager ended before the answer came',
		description: lost.neverLeft
			? `Check 'Base URL' in the credential and the network of this n8n (${reason}).${tries}`
			: `Try again in a moment; for slow connections raise 'Timeout' under 'Request Options' (${reason}).${tries}`,
		httpCode: lost.code || undefined,
		failure: { cause: 'temporarily-unavailable' },
	});
}

/** The error for a write that may not be repeated and whose answer never came. */
export function unknownError(place: ErrorPlace, lost: LostAnswer): NodeApiError {
	if (lost.neverLeft) return lostError(place, lost);
	return unknownDeedError(
		place,
		`The connection ended before the answer came (${lost.code || lost.message}).`,
		lost.code || undefined,
	);
}

/** The error for a write that must not be repeated because an earlier try may have done it. */
export function unknownDeedError(place: ErrorPlace, why: string, httpCode?: string): NodeApiError {
	return asUnknown(
		apiError(place, {
			title: 'It is unknown whether TrustPager has done this',
			description: `${why} Look in TrustPager, or with Get Many, before you run it again.`,
			httpCode,
		}),
	);
}

/** n8n's durable scheduler backs off, or stops polling, by this; older versions ignore it. */
function schedulerHint(failure: ApiFailure): Failure | undefined {
	if (failure.status === 401) return { cause: 'credential-invalid' };
	if (failure.status === 429) {
		return { cause: 'rate-limited', retryAfterMs: failure.retryAfterMs };
	}
	if (failure.status === 402 || failure.code === 'INSUFFICIENT_CREDITS') {
		return { cause: 'quota-exhausted' };
	}
	if (failure.status >= 500) return { cause: 'temporarily-unavailable' };
	return undefined;
}

function asSentence(text: string): string {
	return /[.!?)…]$/.test(text) ? text : `${text}.`;
}
