import type { IDataObject } from 'n8n-workflow';

import { isObject, readTime, textOf } from '../values';
import type { ApiAnswer } from './types';

/** A refusal of the server, read from whichever of its shapes it came in. */
export interface ApiFailure {
	status: number;
	/** The API's code (`NOT_FOUND`, …), or '' when it gave none. */
	code: string;
	message?: string;
	fix?: string;
	hint?: string;
	/** On sends: linked contact, deal or customer that does not exist here. */
	missingEntities: Array<{ field: string; id: string }>;
	requiredScopes: string[];
	/** Values that would have been accepted, where the server lists them. */
	available: string[];
	/** The server refuses the request and says something of attachments. */
	namesAttachments: boolean;
	/** Provider's ID of an email that was sent all the same (EMAIL_LOG_FAILED). */
	messageId?: string;
	/** How long the server asks to wait. */
	retryAfterMs?: number;
	/** The refusal is not waited out: see the retry policy. */
	isLasting?: boolean;
}

const CODE = /^[A-Z][A-Z0-9_]{2,}$/;
const MAX_LIST_LENGTH = 10;
const MAX_WAIT_MS = 24 * 60 * 60_000;

/**
 * Reads a refusal. API: the Errors page shows `{ error: { code, message, fix, hint, status } }`, the help page on
 * sends the flat `{ error: 'CODE', details, message_id }`; the place of `docs`, `required_scopes` and `details` is
 * not documented, so both levels are read. Gateway pages (HTML, text, nothing) give a failure without words.
 */
export function readFailure(answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>): ApiFailure {
	const body = isObject(answer.body) ? answer.body : {};
	const inner = isObject(body.error) ? body.error : {};
	const find = (key: string): unknown => inner[key] ?? body[key];
	const details = find('details');
	const detail = (key: string): unknown =>
		(isObject(details) ? details[key] : undefined) ?? find(key);

	const word = textOf(body.error);
	const code = textOf(find('code')) ?? (word && CODE.test(word) ? word : '');
	const message =
		textOf(find('message')) ?? (word && word !== code ? word : undefined) ?? readDetails(details);
	return {
		status: answer.status,
		code,
		message: message ?? plainText(answer.body),
		fix: textOf(find('fix')),
		hint: textOf(find('hint')),
		missingEntities: readMissing(detail('missing_entities')),
		requiredScopes: readList(detail('required_scopes')),
		available: readList(detail('available')),
		namesAttachments: namesAttachments(answer),
		messageId: textOf(detail('message_id')),
		retryAfterMs: readRetryAfter(answer.headers),
	};
}

/** API: no code for attachments is documented, nor whether the file or the mail service is at fault. */
function namesAttachments({ status, body }: Pick<ApiAnswer, 'status' | 'body'>): boolean {
	return [400, 413, 422].includes(status) && isObject(body) && /attach/i.test(JSON.stringify(body));
}

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date. Undefined when absent or unreadable.
 * API: not documented; their own client honours it.
 */
export function readRetryAfter(headers: IDataObject, now = Date.now()): number | undefined {
	const raw = headers['retry-after'];
	const text = typeof raw === 'number' ? String(raw) : textOf(raw);
	if (text === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(MAX_WAIT_MS, Number(text) * 1_000);
	const date = readTime(text);
	if (date === undefined) return undefined;
	return Math.min(MAX_WAIT_MS, Math.max(0, date - now));
}

function plainText(body: unknown): string | undefined {
	const text = textOf(body);
	if (!text || /<[a-z!]/i.test(text) || text.startsWith('{')) return undefined;
	return text.slice(0, 300);
}

/** `details` that are text themselves, or a list of texts. */
function readDetails(details: unknown): string | undefined {
	const words = (Array.isArray(details) ? details : [details]).slice(0, MAX_LIST_LENGTH);
	const texts = words.map((word) => textOf(isObject(word) ? word.message : word));
	return textOf(texts.filter((text) => text !== undefined).join('; '));
}

function readList(value: unknown): string[] {
	const list = Array.isArray(value) ? value : textOf(value) ? [value] : [];
	return list
		.filter((entry): entry is string | number => ['string', 'number'].includes(typeof entry))
		.slice(0, MAX_LIST_LENGTH)
		.map(String);
}

function readMissing(value: unknown): ApiFailure['missingEntities'] {
	if (!Array.isArray(value)) return [];
	return value
		.filter(isObject)
		.slice(0, MAX_LIST_LENGTH)
		.map((entry) => ({ field: textOf(entry.field) ?? 'id', id: plainId(entry.id) }));
}

/** Not `String(value)`: an answer may hold an object whose `toString` is no function. */
function plainId(value: unknown): string {
	return typeof value === 'number' ? String(value) : (textOf(value) ?? '?');
}
