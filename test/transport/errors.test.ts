// n8n-core's environment comes first.
import '../engine/engine';

import { adviceFor } from '../../nodes/TrustPager/transport/errorTexts';
import {
	ambiguousError,
	isAmbiguousError,
	networkError,
	refusalError,
	refusalIn,
} from '../../nodes/TrustPager/transport/errors';
import { readFailure } from '../../nodes/TrustPager/transport/apiFailure';
import { isLasting } from '../../nodes/TrustPager/transport/retryPolicy';
import type { NetworkFailure } from '../../nodes/TrustPager/transport/types';
import { keepsFailure } from '../engine/n8nCore';
import { node, SECRET } from './answers';

const context = { node, secrets: [SECRET], itemIndex: 4 };

/** Every documented error code with its documented statuses (400 or 422 where none is documented). */
const CODES: Array<[string, number]> = [
	['INVALID_BODY', 400],
	['MISSING_FIELDS', 400],
	['VALIDATION_ERROR', 400],
	['UNAUTHORIZED', 401],
	['INSUFFICIENT_CREDITS', 402],
	['INSUFFICIENT_CREDITS', 403],
	['INSUFFICIENT_SCOPE', 403],
	['PLAN_REQUIRED', 402],
	['PLAN_REQUIRED', 403],
	['PLAN_REQUIRED', 400],
	['NOT_FOUND', 404],
	['CONFLICT', 409],
	['EMAIL_DELIVERY_FAILED', 422],
	['EMAIL_DELIVERY_FAILED', 502],
	['FROM_EMAIL_NOT_WRITABLE', 400],
	['INVALID_FROM_EMAIL_HANDLE', 422],
	['ALIAS_NOT_CONNECTED', 422],
	['GMAIL_NOT_CONNECTED', 422],
	['GMAIL_USER_REQUIRED', 422],
	['RATE_LIMITED', 429],
	['INTERNAL_ERROR', 500],
];

const refused = (status: number, body: unknown, headers = {}) =>
	refusalError(context, readFailure({ status, headers, body }));

/** Guards: each error says what happened and what to do next, with its code and item. */
describe.each(CODES)('%s, HTTP %i', (code, status) => {
	const advice = adviceFor(code, status);

	test.each([
		['nested', { error: { code } }],
		['flat', { error: code }],
		['at the root', { code }],
	])('without a message of the server, %s', (_name, body) => {
		const error = refused(status, body);
		expect(error.message).toBe(advice.title);
		expect(error.description).toBe(`${advice.next} (${code}, HTTP ${status}) [item 4]`);
		expect(error.httpCode).toBe(String(status));
		expect(error.context.itemIndex).toBe(4);
	});

	test("the server's message comes first", () => {
		const error = refused(status, {
			error: { code, message: 'What happened.', fix: 'What to do', hint: 'A hint' },
		});
		expect(error.message).toBe('What happened.');
		expect(error.description).toMatch(/^What to do\. A hint\. /);
		expect(error.description).toMatch(/\[item 4\]$/);
	});

	test('its advice has a title without a period, followed by whole sentences', () => {
		expect(advice.title).toMatch(/^[A-Z].*[^.]$/);
		expect(advice.next).toMatch(/^[A-Z].*\.$/);
	});
});

/** Guards: known codes have their own advice, not that of their status. */
test('each code has its own advice', () => {
	const titles = CODES.map(([code]) => adviceFor(code, 418).title);
	expect(titles).not.toContain(adviceFor('', 418).title);
	expect(new Set(titles).size).toBeGreaterThanOrEqual(15);
});

test.each([
	[
		'an unknown code keeps its message',
		409,
		{ error: { code: 'SLOT_TAKEN', message: 'Taken.' } },
		'Taken.',
	],
	['a message as the error', 400, { error: 'The cc is wrong' }, 'The cc is wrong'],
	[
		'details that are a string',
		400,
		{ error: 'VALIDATION_ERROR', details: 'cc is wrong' },
		'cc is wrong',
	],
	['details that are an array', 422, { error: 'X_Y', details: [{ message: 'a' }, 'b'] }, 'a; b'],
	['plain text', 503, 'upstream connect error', 'upstream connect error'],
	[
		'an HTML page',
		502,
		'<html><h1>Bad gateway</h1></html>',
		'TrustPager could not process the request',
	],
	['an empty body', 500, '', 'TrustPager could not process the request'],
	['truncated JSON', 200, '{"data": [', 'TrustPager answered with something that is not its API'],
	['413 of a gateway', 413, '', 'The request is too large for TrustPager'],
	['402 without a code', 402, '', 'The workspace has no TrustPager credits left'],
])('%s', (_name, status, body, title) => {
	expect(refused(status, body).message).toBe(title);
});

test('lists missing records, scopes, accepted values and the time to wait', () => {
	const error = refused(
		422,
		{
			error: 'VALIDATION_ERROR',
			required_scopes: ['email:send'],
			details: {
				available: ['sent', 'bounced'],
				missing_entities: [{ field: 'contact_id', id: 'c-1' }],
			},
		},
		{ 'retry-after': '12' },
	);
	expect(error.message).toBe('This contact does not exist');
	expect(error.description).toContain('TrustPager finds no contact c-1 in the workspace');
	expect(error.description).toContain('Required scope: email:send.');
	expect(error.description).toContain('Accepted values: sent, bounced.');
	expect(error.description).toContain('TrustPager asks to wait 12 s.');
});

test('an ambiguous refusal advises to check first', () => {
	const failure = readFailure({ status: 500, headers: {}, body: 'x' });
	const error = refusalError(context, failure, true);
	expect(error.description).toContain(
		'The change may still have gone through. Check in TrustPager',
	);
	expect(isAmbiguousError(error)).toBe(true);
	expect(isAmbiguousError(refusalError(context, failure))).toBe(false);
});

describe('a network failure', () => {
	const failure: NetworkFailure = {
		code: 'ECONNRESET',
		message: `aborted, Authorization: Bearer ${SECRET}`,
		notSent: false,
		permanent: false,
		tries: 4,
		sentAt: 0,
		afterAmbiguous: false,
	};

	test.each([
		[
			networkError(context, failure),
			/lost before the answer came/,
			/raise 'Timeout'.*Tried 4 times/,
		],
		[networkError(context, { ...failure, notSent: true }), /could not be reached/, /'Base URL'/],
		[networkError(context, { ...failure, code: '' }), /was lost before/, /Bearer \*\*\*/],
		[ambiguousError(context, `Lost: ${SECRET}.`), /^It is unknown whether/, /Check in TrustPager/],
	])('%s', (error, title, description) => {
		expect(error.message).toMatch(title);
		expect(error.description).toMatch(description);
		expect(error.description).toMatch(/\[item 4\]$/);
		expect(JSON.stringify({ ...error })).not.toContain(SECRET);
	});
});

test("gives n8n's durable scheduler the cause", () => {
	const causeOf = (status: number, body: unknown = '') => refused(status, body).failure?.cause;
	const expected = (cause: string) => (keepsFailure ? cause : undefined);
	expect([401, 402, 429, 500, 404].map((status) => causeOf(status))).toEqual([
		expected('credential-invalid'),
		expected('quota-exhausted'),
		expected('rate-limited'),
		expected('temporarily-unavailable'),
		undefined,
	]);
	for (const error of ['INSUFFICIENT_CREDITS', 'PLAN_REQUIRED']) {
		expect(causeOf(403, { error })).toBe(expected('quota-exhausted'));
	}
});

describe('a 429 that is not waited out', () => {
	const body = { error: { code: 'RATE_LIMITED', message: 'Too many requests.' } };
	const read = (headers: Record<string, string>, more = {}) => {
		const answer = { status: 429, headers, body, ...more };
		return refusalError(context, { ...readFailure(answer), isLasting: isLasting(answer) });
	};

	test('is told as the daily limit, with its end', () => {
		const end = new Date(Date.now() + 30_000_000).toISOString().slice(0, 15).replace('T', ' ');
		const error = read({ 'retry-after': '30000' });
		expect(error.message).toBe('The daily limit of the API key is used up');
		expect(error.description).toContain('Too many requests.');
		expect(error.description).toContain(`According to TrustPager it ends at ${end}`);
		expect(error.httpCode).toBe('429');
		expect(refusalIn(error)?.code).toBe('DAILY_LIMIT');
	});

	test('without a time, after five minutes of tries', () => {
		const error = read({}, { sentAt: 1_000_000, triedSince: 1_000_000 - 280_000 });
		expect(error.message).toBe('The daily limit of the API key is used up');
		expect(error.description).not.toContain('ends at');
	});

	test('is no daily limit when it is short', () => {
		expect(read({ 'retry-after': '60' }).message).toBe('Too many requests.');
		expect(read({}, { sentAt: 9_000, triedSince: 1_000 }).message).toBe('Too many requests.');
		expect(refusalIn(read({}))?.code).toBe('RATE_LIMITED');
	});
});
