import type { IDataObject } from 'n8n-workflow';

import { readFailure } from '../../transport/apiFailure';
import { isObject, textOf } from '../../values';

/** What the body of a success says about the email it was asked to send. */
export interface Delivery {
	/** `other` when it says nothing against it. */
	state: 'suppressed' | 'failed' | 'other';
	/** In the server's words; undefined when it gives none. */
	reason?: string;
	/** The API's code; undefined when it gives none. */
	code?: string;
}

/** Scheduled mail says `skipped`, the send log `blocked` (docs 2026-04, help center). */
const SUPPRESSED = ['suppressed', 'skipped', 'blocked'];

/**
 * Reads whether an email was sent from an answer that is a success by its HTTP status. API: SMS answers 2xx with
 * `{ data: { status: 'suppressed', suppressed: true, reason } }` for a recipient who has opted out (docs 2026-05); for email the body
 * is not documented. `data` and the root are read.
 */
export function readDelivery(body: unknown): Delivery {
	const parts = partsOf(body);
	const has = (test: (part: IDataObject) => boolean) => parts.some(test);
	const isSuppressed = has(
		(part) => part.suppressed === true || SUPPRESSED.includes(statusOf(part)),
	);
	const isFailed = has((part) => part.success === false || statusOf(part) === 'failed');
	const state = isSuppressed ? 'suppressed' : isFailed ? 'failed' : 'other';
	return { state, ...reasonOf(parts) };
}

/** Whether the body names an approval that nobody has decided yet. Its status stands beside its ID. */
export function hasPendingApproval(body: unknown): boolean {
	return partsOf(body).some(
		(part) => textOf(part.approval_id) !== undefined && ['', 'pending'].includes(statusOf(part)),
	);
}

/** `data` first: it is about the email, the root may be about the request. */
function partsOf(body: unknown): IDataObject[] {
	const root = isObject(body) ? body : {};
	return [root.data, root].filter(isObject);
}

function statusOf(part: IDataObject): string {
	return textOf(part.status)?.toLowerCase() ?? '';
}

/** From `reason`, `message` or `error`. */
function reasonOf(parts: IDataObject[]): Pick<Delivery, 'reason' | 'code'> {
	const failures = parts.map((body) => readFailure({ status: 200, headers: {}, body }));
	const texts = [
		...parts.map(({ reason }) => textOf(reason)),
		...failures.map(({ message }) => message),
	];
	return {
		reason: texts.find((text) => text !== undefined),
		code: failures.map(({ code }) => code).find((code) => code !== ''),
	};
}
