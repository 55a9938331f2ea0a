import type { IDataObject } from 'n8n-workflow';

import { readFailure } from '../../transport/apiFailure';
import { isObject, textOf } from '../../values';

/** What the body of a success says about the email it was asked to send. */
export interface Delivery {
	/** `pending`: a person has to approve it first. `other` when it says nothing against it. */
	state: 'suppressed' | 'failed' | 'pending' | 'other';
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
	if (parts.some(isSuppressed)) return 'suppressed';
	if (parts.some(isFailed)) return 'failed';
	return parts.some(namesPendingApproval) ? 'pending' : 'other';
}

function isSuppressed(part: IDataObject): boolean {
	return part.suppressed === true || SUPPRESSED.includes(statusOf(part));
}

function isFailed(part: IDataObject): boolean {
	return part.success === false || statusOf(part) === 'failed';
}

/** Whether a part is about an approval that nobody has decided yet. Its status stands beside its ID. */
function namesPendingApproval(part: IDataObject): boolean {
	const { approval } = part;
	const inner = isObject(approval) ? isPending(approval.id, statusOf(approval)) : false;
	return inner || isPending(part.approval_id, statusOf(part));
}

function isPending(id: unknown, status: string): boolean {
	return textOf(id) !== undefined && ['', 'pending'].includes(status);
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
