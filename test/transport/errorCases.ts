import type { Fault } from '../../sandbox';

/** An answer that is not a success, and the error that it must cause. */
export interface ErrorCase {
	name: string;
	fault: Omit<Fault, 'method' | 'path' | 'times'>;
	title: string;
	/** The whole description, but for the item. */
	exactly?: string;
	/** Each is part of the description. */
	says: string[];
	/** null when it is in the description. */
	httpCode: string | null;
}

function nested(status: number, code: string, more: Partial<ErrorCase> = {}): ErrorCase {
	const message = `Message of ${code}.`;
	const error = { code, message, fix: `Fix of ${code}`, hint: `Hint of ${code}`, status };
	return {
		name: `${status} ${code}`,
		fault: { kind: 'body', status, body: { error } },
		title: message,
		says: [`Fix of ${code}. Hint of ${code}.`, `(${code}, HTTP ${status})`],
		httpCode: String(status),
		...more,
	};
}

/** The codes of the API's Errors page and of its email pages, with their statuses as far as they are known. */
export const DOCUMENTED: ErrorCase[] = [
	nested(400, 'INVALID_BODY'),
	nested(400, 'MISSING_FIELDS'),
	nested(400, 'VALIDATION_ERROR'),
	nested(401, 'UNAUTHORIZED'),
	nested(402, 'INSUFFICIENT_CREDITS'),
	nested(403, 'INSUFFICIENT_CREDITS'),
	nested(402, 'PLAN_REQUIRED'),
	nested(403, 'PLAN_REQUIRED'),
	nested(404, 'NOT_FOUND'),
	nested(409, 'CONFLICT'),
	nested(400, 'FROM_EMAIL_NOT_WRITABLE'),
	nested(422, 'INVALID_FROM_EMAIL_HANDLE'),
	nested(422, 'ALIAS_NOT_CONNECTED'),
	nested(422, 'GMAIL_NOT_CONNECTED'),
	nested(422, 'GMAIL_USER_REQUIRED'),
	nested(422, 'AN_UNKNOWN_CODE'),
	nested(500, 'INTERNAL_ERROR'),
	nested(503, 'INTERNAL_ERROR'),
];

const body = (status: number, content: unknown): ErrorCase['fault'] => ({
	kind: 'body',
	status,
	body: content,
});

const OTHER_SHAPES: ErrorCase[] = [
	{
		name: 'a missing scope, named in the error',
		fault: body(403, {
			error: {
				code: 'INSUFFICIENT_SCOPE',
				message: 'This key lacks a scope.',
				fix: 'Add it',
				required_scopes: ['email:read', 'contacts:read'],
			},
		}),
		title: 'This key lacks a scope.',
		says: ['Add it.', "Add 'email:read', 'contacts:read' to the key", "'Scopes' in the credential"],
		httpCode: '403',
	},
	{
		name: 'a missing scope with the same advice three times: it is given once',
		fault: body(403, {
			error: {
				code: 'INSUFFICIENT_SCOPE',
				message: 'This key lacks the scope email:send.',
				fix: 'Add email:send to the key in Settings → API Keys.',
				hint: 'Required scopes: email:send',
				required_scopes: ['email:send'],
			},
		}),
		title: 'This key lacks the scope email:send.',
		exactly:
			"Add 'email:send' to the key in TrustPager's Settings › API Keys, then to 'Scopes' in the credential. (INSUFFICIENT_SCOPE, HTTP 403)",
		says: [],
		httpCode: '403',
	},
	{
		name: 'a refused key, with advice for programmers',
		fault: body(401, {
			error: {
				code: 'UNAUTHORIZED',
				message: 'The API key is invalid.',
				fix: 'Send Authorization: Bearer <key>.',
				hint: 'It may come from another workspace.',
			},
		}),
		title: 'The API key is invalid.',
		exactly:
			"It may come from another workspace. Paste the key again in the credential. If it was deleted, create a new one in TrustPager's Settings › API Keys. (UNAUTHORIZED, HTTP 401)",
		says: [],
		httpCode: '401',
	},
	{
		name: 'a missing scope, named outside the error, without a message',
		fault: body(403, { error: { code: 'INSUFFICIENT_SCOPE' }, required_scopes: 'email:read' }),
		title: 'The API key lacks a scope',
		says: ["Add 'email:read' to the key in TrustPager's Settings › API Keys"],
		httpCode: '403',
	},
	{
		name: 'the flat shape with its details',
		fault: body(400, {
			error: 'VALIDATION_ERROR',
			details: {
				missing_entities: [
					{ field: 'contact_id', id: 'c-1' },
					{ field: 'deal_id', id: 'd-2' },
				],
			},
		}),
		title: 'These records do not exist: contact, deal',
		says: ['TrustPager finds no contact c-1, deal d-2 in the workspace of the API key.'],
		httpCode: '400',
	},
	{
		name: 'details in the nested shape, with the accepted values',
		fault: body(422, {
			error: {
				code: 'VALIDATION_ERROR',
				message: 'No such status',
				details: { available: ['open'] },
			},
		}),
		title: 'No such status',
		says: ['Accepted values: open.', 'make sure that IDs are complete'],
		httpCode: '422',
	},
	{
		name: 'the flat shape with a sentence as the error',
		fault: body(404, { error: 'No route matches', code: 'NOT_FOUND' }),
		title: 'No route matches',
		says: ['(NOT_FOUND, HTTP 404)', 'Get Many'],
		httpCode: '404',
	},
	{
		name: 'a code and a message at the root',
		fault: body(409, { code: 'CONFLICT', message: 'Taken' }),
		title: 'Taken',
		says: ['has to be unique', '(CONFLICT, HTTP 409)'],
		httpCode: '409',
	},
	{
		name: 'JSON without an error',
		fault: body(400, { ok: false }),
		title: 'TrustPager does not accept the request',
		says: ['(HTTP 400)'],
		httpCode: '400',
	},
	{
		name: 'a list instead of an object',
		fault: body(400, ['broken']),
		title: 'TrustPager does not accept the request',
		says: ['(HTTP 400)'],
		httpCode: '400',
	},
	{
		name: 'plain text',
		fault: body(403, 'Blocked by the firewall'),
		title: 'Blocked by the firewall',
		says: ["Check the key's scopes", '(HTTP 403)'],
		httpCode: '403',
	},
	{
		name: 'attachments that are refused, with the words of the API',
		fault: body(422, {
			error: {
				code: 'VALIDATION_ERROR',
				message: 'Attachments need a Gmail sender',
				fix: 'Choose a sender with Gmail',
			},
		}),
		title: 'Attachments need a Gmail sender',
		says: [
			'Choose a sender with Gmail. An email carries 25 MB',
			'25 MB of files in total through Gmail, 7 MB through TrustPager Mail. (VALIDATION_ERROR',
		],
		httpCode: '422',
	},
	{
		name: 'attachments that are refused by the name of their field',
		fault: body(400, { error: 'VALIDATION_ERROR', details: [{ path: ['attachments'] }] }),
		title: 'TrustPager does not accept a value',
		says: ['make sure that IDs are complete. An email carries 25 MB'],
		httpCode: '400',
	},
	{
		name: 'attachments that are too large, without words',
		fault: body(413, { error: { code: 'ATTACHMENTS_TOO_LARGE' } }),
		title: 'The request is too large for TrustPager',
		says: [
			'smaller or fewer attachments. An email carries 25 MB of files in total through Gmail, 7 MB through TrustPager Mail. (ATTACHMENTS_TOO_LARGE, HTTP 413)',
		],
		httpCode: '413',
	},
	{
		name: "a gateway's HTML page, 502",
		fault: { kind: 'html', status: 502 },
		title: 'TrustPager could not process the request',
		says: ['try again', '(HTTP 502)'],
		httpCode: '502',
	},
	{
		name: "a gateway's HTML page, 413",
		fault: { kind: 'html', status: 413 },
		title: 'The request is too large for TrustPager',
		says: ['25 MB', '(HTTP 413)'],
		httpCode: '413',
	},
	{
		name: 'a login page with status 200',
		fault: { kind: 'html', status: 200 },
		title: 'TrustPager answered with something that is not its API',
		says: ["'Base URL'", '(HTTP 200)'],
		httpCode: '200',
	},
	{
		name: 'truncated JSON with status 200',
		fault: { kind: 'malformed', status: 200 },
		title: 'TrustPager answered with something that is not its API',
		says: ["'Base URL'", '(HTTP 200)'],
		httpCode: '200',
	},
	{
		name: 'an empty body, 404',
		fault: { kind: 'empty', status: 404 },
		title: 'TrustPager has no entry with this ID',
		says: ['Check the ID', '(HTTP 404)'],
		httpCode: '404',
	},
	{
		name: 'an empty body, 401',
		fault: { kind: 'empty', status: 401 },
		title: 'TrustPager does not accept the API key',
		says: ['Paste the key again in the credential.', '(HTTP 401)'],
		httpCode: '401',
	},
	{
		name: 'an empty body, 418',
		fault: { kind: 'empty', status: 418 },
		title: 'TrustPager does not accept the request',
		says: ['(HTTP 418)'],
		httpCode: '418',
	},
	{
		name: 'a redirect, which is not followed',
		fault: { kind: 'empty', status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } },
		title: 'TrustPager answered with a redirect, which is not followed',
		says: ["'Base URL'", 'never sent to another host', '(HTTP 302)'],
		httpCode: '302',
	},
	{
		name: 'a connection that breaks before the answer',
		fault: { kind: 'resetBeforeHeaders' },
		title: 'The connection to TrustPager was lost before the answer came',
		says: ['ECONNRESET', 'Tried 4 times'],
		httpCode: 'ECONNRESET',
	},
];

export const CASES: ErrorCase[] = [...DOCUMENTED, ...OTHER_SHAPES];
