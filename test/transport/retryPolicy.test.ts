/** The retry policy as its doc comment states it: one row of the table per test, then delays, bounds, and exceptions. */
import type { Tries } from '../../nodes/TrustPager/transport/retryPolicy';
import {
	decide,
	isAmbiguous,
	isDoneByEarlierTry,
	isRateLimited,
	kindOf,
} from '../../nodes/TrustPager/transport/retryPolicy';
import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type { ApiRequest, Exchange, RequestKind } from '../../nodes/TrustPager/transport/types';

const before = { ...timing };
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const KINDS: RequestKind[] = ['read', 'idempotentWrite', 'once'];

beforeEach(() => {
	Object.assign(timing, {
		backoffBaseMs: SECOND,
		maxBackoffMs: 30 * SECOND,
		maxRetryMs: 5 * MINUTE,
	});
});
afterAll(() => void Object.assign(timing, before));

const attempt = { tries: 1, sentAt: 0, afterAmbiguous: false };

function answered(status: number, body: unknown = {}, headers = {}): Exchange {
	return { answer: { status, headers, body, ...attempt } };
}

function lost(notSent: boolean, permanent = false): Exchange {
	return { failure: { code: 'ECONN', message: 'lost', notSent, permanent, ...attempt } };
}

const FIRST: Tries = { count: 1, failures: 1, elapsedMs: 0 };
const limitedTimes = (count: number): Tries => ({ count, failures: 0, elapsedMs: 0 });
const failedTimes = (count: number): Tries => ({ count, failures: count, elapsedMs: 0 });

/** The longest delay of a verdict, without jitter; undefined = no retry. */
function delayOf(result: Exchange, kind: RequestKind, tries: Tries, random = 1) {
	const verdict = decide(result, kind, tries, () => random);
	return verdict.retry ? verdict.afterMs : undefined;
}

const verdictOf = (result: Exchange, kind: RequestKind) =>
	decide(result, kind, FIRST).retry ? 'retry' : 'stop';

const HTML = '<html>Bad gateway</html>';

describe.each`
	result                             | exchange               | read       | once       | ambiguous
	${'429'}                           | ${answered(429)}       | ${'retry'} | ${'retry'} | ${'no'}
	${'429 as a page'}                 | ${answered(429, HTML)} | ${'retry'} | ${'retry'} | ${'no'}
	${'connection never made'}         | ${lost(true)}          | ${'retry'} | ${'retry'} | ${'no'}
	${'refused for good'}              | ${lost(true, true)}    | ${'stop'}  | ${'stop'}  | ${'no'}
	${'500'}                           | ${answered(500)}       | ${'retry'} | ${'stop'}  | ${'yes'}
	${'502 as a page'}                 | ${answered(502, HTML)} | ${'retry'} | ${'stop'}  | ${'yes'}
	${'599'}                           | ${answered(599)}       | ${'retry'} | ${'stop'}  | ${'yes'}
	${'408'}                           | ${answered(408)}       | ${'retry'} | ${'stop'}  | ${'yes'}
	${'connection lost after sending'} | ${lost(false)}         | ${'retry'} | ${'stop'}  | ${'yes'}
	${'a 200 that is not JSON'}        | ${answered(200, HTML)} | ${'stop'}  | ${'stop'}  | ${'yes'}
	${'a status below 200'}            | ${answered(0)}         | ${'stop'}  | ${'stop'}  | ${'yes'}
	${'200'}                           | ${answered(200)}       | ${'stop'}  | ${'stop'}  | ${'no'}
	${'200 with an empty text'}        | ${answered(200, ' ')}  | ${'stop'}  | ${'stop'}  | ${'no'}
	${'202'}                           | ${answered(202)}       | ${'stop'}  | ${'stop'}  | ${'no'}
	${'204'}                           | ${answered(204, '')}   | ${'stop'}  | ${'stop'}  | ${'no'}
	${'302'}                           | ${answered(302, HTML)} | ${'stop'}  | ${'stop'}  | ${'no'}
	${'400'}                           | ${answered(400)}       | ${'stop'}  | ${'stop'}  | ${'no'}
	${'401'}                           | ${answered(401)}       | ${'stop'}  | ${'stop'}  | ${'no'}
	${'404 as a page'}                 | ${answered(404, HTML)} | ${'stop'}  | ${'stop'}  | ${'no'}
	${'409'}                           | ${answered(409)}       | ${'stop'}  | ${'stop'}  | ${'no'}
	${'422'}                           | ${answered(422)}       | ${'stop'}  | ${'stop'}  | ${'no'}
`(
	'$result',
	({ exchange, read, once, ambiguous }: Record<string, string> & { exchange: Exchange }) => {
		test(`a read or an idempotent write: ${read}`, () => {
			expect(verdictOf(exchange, 'read')).toBe(read);
			expect(verdictOf(exchange, 'idempotentWrite')).toBe(read);
		});

		test(`a request that must take effect once: ${once}`, () => {
			expect(verdictOf(exchange, 'once')).toBe(once);
		});

		test(`is ambiguous: ${ambiguous}`, () => {
			expect(isAmbiguous(exchange) ? 'yes' : 'no').toBe(ambiguous);
		});
	},
);

test('nothing ambiguous is ever repeated when it must take effect once', () => {
	for (let status = 0; status < 600; status++) {
		const result = answered(status);
		if (isAmbiguous(result)) expect(verdictOf(result, 'once')).toBe('stop');
	}
});

test('429 alone means that the rate limit refused the request', () => {
	expect(isRateLimited(answered(429))).toBe(true);
	expect([answered(503), answered(403), lost(true)].some(isRateLimited)).toBe(false);
});

describe('the kind of a request', () => {
	test.each<[Pick<ApiRequest, 'method' | 'kind'>, RequestKind]>([
		[{ method: 'GET' }, 'read'],
		[{ method: 'POST' }, 'once'],
		[{ method: 'PATCH' }, 'once'],
		[{ method: 'DELETE' }, 'once'],
		[{ method: 'DELETE', kind: 'idempotentWrite' }, 'idempotentWrite'],
		[{ method: 'POST', kind: 'read' }, 'read'],
	])('%j is %s', (request, kind) => {
		expect(kindOf(request)).toBe(kind);
	});
});

describe('how often', () => {
	test('a failure is tried four times in total', () => {
		const verdicts = [1, 2, 3, 4].map((count) =>
			delayOf(answered(500), 'read', failedTimes(count)),
		);
		expect(verdicts).toEqual([SECOND, 2 * SECOND, 4 * SECOND, undefined]);
	});

	test('a connection that is never made too, a send included', () => {
		const verdicts = [1, 2, 3, 4].map((count) => delayOf(lost(true), 'once', failedTimes(count)));
		expect(verdicts).toEqual([SECOND, 2 * SECOND, 4 * SECOND, undefined]);
	});

	test('429s are not counted: only time limits them', () => {
		for (const kind of KINDS) {
			expect(delayOf(answered(429), kind, limitedTimes(9))).toBe(30 * SECOND);
		}
	});

	test('failures are counted apart from 429s', () => {
		const tries: Tries = { count: 12, failures: 2, elapsedMs: 0 };
		expect(delayOf(answered(503), 'read', tries)).toBe(2 * SECOND);
	});
});

describe('after how long', () => {
	test.each([
		[1, 1],
		[2, 2],
		[3, 4],
		[4, 8],
		[5, 16],
		[6, 30],
		[60, 30],
	])('429 number %i without Retry-After: %i s', (count, seconds) => {
		expect(delayOf(answered(429), 'read', limitedTimes(count))).toBe(seconds * SECOND);
	});

	test('jitter takes off up to a half', () => {
		const delays = [0, 0.5, 1].map((random) => delayOf(answered(500), 'read', FIRST, random));
		expect(delays).toEqual([500, 750, 1_000]);
	});

	test('by default, delays are random and within these bounds', () => {
		const delays = Array.from({ length: 200 }, () => {
			const verdict = decide(answered(500), 'read', FIRST);
			return verdict.retry ? verdict.afterMs : Number.NaN;
		});
		expect(Math.min(...delays)).toBeGreaterThanOrEqual(500);
		expect(Math.max(...delays)).toBeLessThanOrEqual(1_000);
		expect(new Set(delays).size).toBeGreaterThan(100);
	});

	const asking = (status: number, wait: string) => answered(status, {}, { 'retry-after': wait });

	test.each([429, 503])('%i with Retry-After in seconds: as asked, without jitter', (status) => {
		expect(delayOf(asking(status, '7'), 'read', FIRST, 0)).toBe(7 * SECOND);
	});

	test('with Retry-After as a date: until then', () => {
		const now = Date.parse('2026-06-01T09:00:00Z');
		const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
		const limited = asking(429, new Date(now + 9 * SECOND).toUTCString());
		expect(delayOf(limited, 'read', FIRST)).toBe(9 * SECOND);
		const past = asking(429, new Date(now - 9 * SECOND).toUTCString());
		expect(delayOf(past, 'read', FIRST)).toBe(0);
		clock.mockRestore();
	});

	test('with a Retry-After nobody can read: as without one', () => {
		expect(delayOf(asking(429, 'soon'), 'read', FIRST)).toBe(SECOND);
	});

	test('with Retry-After: 0, at once for three tries, then more and more slowly', () => {
		const delays = [1, 2, 3, 4, 5, 6].map((count) =>
			delayOf(asking(429, '0'), 'read', limitedTimes(count)),
		);
		expect(delays).toEqual([0, 0, 0, SECOND, 2 * SECOND, 4 * SECOND]);
	});

	test('a longer Retry-After is still obeyed after three tries', () => {
		expect(delayOf(asking(429, '20'), 'read', limitedTimes(5))).toBe(20 * SECOND);
	});
});

describe('until when', () => {
	const elapsed = (elapsedMs: number, maxRateLimitWaitMs?: number): Tries => ({
		...FIRST,
		elapsedMs,
		maxRateLimitWaitMs,
	});
	const limited = answered(429, {}, { 'retry-after': '10' });

	test.each([
		['429', limited, 10 * SECOND],
		['500', answered(500), SECOND],
	])('%s: a retry may start just within timing.maxRetryMs', (_name, result, delayMs) => {
		const latest = timing.maxRetryMs - delayMs;
		expect(delayOf(result, 'read', elapsed(latest))).toBe(delayMs);
		expect(delayOf(result, 'read', elapsed(latest + 1))).toBeUndefined();
	});

	test('a request may have a bound of its own for 429s', () => {
		expect(delayOf(limited, 'read', elapsed(5 * SECOND, 15 * SECOND))).toBe(10 * SECOND);
		expect(delayOf(limited, 'read', elapsed(5 * SECOND + 1, 15 * SECOND))).toBeUndefined();
	});

	test('which other failures do not have', () => {
		expect(delayOf(answered(500), 'read', elapsed(5 * SECOND, SECOND))).toBe(SECOND);
	});
});

describe('a retry that finds the entry gone', () => {
	const request: ApiRequest = { method: 'DELETE', path: '/x', notFoundIsSuccess: true };
	const gone = { status: 404, headers: {}, body: {}, ...attempt, afterAmbiguous: true };

	test('has succeeded when an earlier try may have done it', () => {
		expect(isDoneByEarlierTry(gone, request)).toBe(true);
	});

	test.each([
		['on the first try', { ...gone, afterAmbiguous: false }, request],
		['with another status', { ...gone, status: 409 }, request],
		['where a 404 is a failure', gone, { ...request, notFoundIsSuccess: undefined }],
	])('has not %s', (_name, answer, asked) => {
		expect(isDoneByEarlierTry(answer, asked)).toBe(false);
	});
});
