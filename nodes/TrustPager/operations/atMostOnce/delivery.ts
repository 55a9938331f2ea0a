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
 * is not documented. The root, `data`, and an object under its own name in either are read.
 */
export function readDelivery(body: unknown): Delivery {
	const parts = partsOf(body);
	return { state: stateOf(parts), ...reasonOf(parts) };
}

/** The same without the words: every email is asked for its state, few have something to say. */
export function deliveryStateOf(body: unknown): Delivery['state'] {
	return stateOf(partsOf(body));
}

function stateOf(parts: IDataObject[]): Delivery['state'] {
	const has = (test: (part: IDataObject) => boolean) => parts.some(test);
	const isSuppressed = has(
		(part) => part.suppressed === true || SUPPRESSED.includes(statusOf(part)),
	);
	const isFailed = has((part) => part.success === false || statusOf(part) === 'failed');
	return isSuppressed ? 'suppressed' : isFailed ? 'failed' : 'other';
}

/** Whether the body names an approval that nobody has decided yet. Its status stands beside its ID. */
export function hasPendingApproval(body: unknown): boolean {
	const approvals = partsOf(body).flatMap((part) => [
		{ id: part.approval_id, status: statusOf(part) },
		...(isObject(part.approval) ? [{ id: part.approval.id, status: statusOf(part.approval) }] : []),
	]);
	return approvals.some(
		({ id, status }) => textOf(id) !== undefined && ['', 'pending'].includes(status),
	);
}

/** What an answer may wrap its object in once more. */
const WRAPPERS = ['email', 'message', 'log', 'approval'];

/** The innermost first: it is about the email, the root may be about the request. */
function partsOf(body: unknown): IDataObject[] {
	const root = isObject(body) ? body : {};
	const data = isObject(root.data) ? root.data : {};
	const inner = [data, root].flatMap((part) => WRAPPERS.map((name) => part[name]));
	return [...inner, data, root].filter(isObject);
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
