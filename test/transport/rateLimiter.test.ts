import * as fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import type { RateLimiter } from '../../nodes/TrustPager/transport/rateLimiter';
import { rateLimiterOf } from '../../nodes/TrustPager/transport/rateLimiter';
import { timing } from '../../nodes/TrustPager/transport/timing';
import { CancelledWait } from '../../nodes/TrustPager/transport/waiting';

const WINDOW_MS = 1_000;
let keys = 0;
const newKey = () => `limiter-${++keys}`;

beforeEach(() => {
	jest.useFakeTimers();
	timing.rateWindowMs = WINDOW_MS;
});
afterEach(() => {
	jest.useRealTimers();
	timing.rateWindowMs = 60_000;
});

/** Advances the fake clock until `work` has ended, by at most `maxMs`. */
async function until(work: Promise<unknown>, maxMs = 600_000): Promise<void> {
	let ended = false;
	const watched = work.finally(() => (ended = true));
	watched.catch(() => undefined);
	for (let passed = 0; !ended && passed < maxMs; passed += 50)
		await jest.advanceTimersByTimeAsync(50);
	if (!ended) throw new Error('It never ended');
	await watched;
}

const after = async (ms: number) => await sleep(ms);

/** Enters, and logs the name once it has. The request is in flight until `leave` is called. */
async function enter(
	limiter: RateLimiter,
	log: string[],
	name: string,
	isRetry = false,
	signal?: AbortSignal,
) {
	await limiter.enter(isRetry, signal);
	log.push(name);
}

/**
 * Guards the promise to the server: whenever a request arrives there while it is in flight, no window contains more
 * requests than the limit, whatever the start times, durations and 429s.
 */
test('no window contains more requests than the limit', async () => {
	const request = fc.record({
		arrives: fc.integer({ min: 0, max: 3_000 }),
		lasts: fc.integer({ min: 0, max: 700 }),
		reaches: fc.double({ min: 0, max: 1, noNaN: true }),
		limited: fc.option(fc.integer({ min: 1, max: 500 }), { freq: 8 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 8 }),
			fc.array(request, { minLength: 1, maxLength: 40 }),
			async (limit, requests) => {
				const key = newKey();
				const reached: number[] = [];
				const blocked: Array<[number, number]> = [];
				const all = requests.map(async ({ arrives, lasts, reaches, limited }) => {
					await after(arrives);
					const limiter = rateLimiterOf(key, limit);
					await limiter.enter(false);
					const sentAt = Date.now();
					reached.push(sentAt + lasts * reaches);
					for (const [from, to] of blocked) expect(sentAt > from && sentAt < to).toBe(false);
					await after(lasts);
					if (limited !== null) {
						limiter.slowDown(limited, sentAt);
						blocked.push([Date.now(), Date.now() + limited]);
					}
					limiter.leave(limited === null);
				});
				await until(Promise.all(all));
				reached.sort((one, other) => one - other);
				for (let n = limit; n < reached.length; n++) {
					expect(reached[n] - reached[n - limit]).toBeGreaterThan(WINDOW_MS - 0.001);
				}
			},
		),
		{ numRuns: 150 },
	);
});

test('a burst takes the fewest possible windows', async () => {
	const limiter = rateLimiterOf(newKey(), 10);
	const started = Date.now();
	const burst = Array.from({ length: 30 }, async () => {
		await limiter.enter(false);
		await after(5);
		limiter.leave(true);
	});
	await until(Promise.all(burst));
	// Fake time: 30 requests at 10 per window need two full windows, plus the steps of the loop.
	expect(Date.now() - started).toBeLessThan(2 * WINDOW_MS * 1.3);
});

test('first come, first served, but retries after a 429 go before new requests', async () => {
	const limiter = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	await limiter.enter(false);
	const waiting = [
		enter(limiter, log, 'a').then(() => limiter.leave(true)),
		enter(limiter, log, 'b').then(() => limiter.leave(true)),
		enter(limiter, log, 'again-1', true).then(() => limiter.leave(true)),
		enter(limiter, log, 'again-2', true).then(() => limiter.leave(true)),
	];
	limiter.leave(true);
	await until(Promise.all(waiting));
	expect(log).toEqual(['again-1', 'again-2', 'a', 'b']);
});

test('an aborted signal ends its own wait at once and no other', async () => {
	const limiter = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	const cancel = new AbortController();
	await limiter.enter(false);
	const cancelled = enter(limiter, log, 'cancelled', false, cancel.signal);
	const other = enter(limiter, log, 'other');
	cancel.abort();
	// No timer has run, so the rejection did not need one.
	await expect(cancelled).rejects.toBeInstanceOf(CancelledWait);
	await expect(enter(limiter, log, 'late', false, cancel.signal)).rejects.toBeInstanceOf(
		CancelledWait,
	);
	limiter.leave(true);
	await until(other);
	expect(log).toEqual(['other']);
});

test('a key that waits never delays another one', async () => {
	const slow = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	await slow.enter(false);
	slow.slowDown(100_000, Date.now());
	slow.leave(false);
	const waiting = enter(slow, log, 'slow');
	for (let n = 0; n < 5; n++) await enter(rateLimiterOf(newKey(), 1), log, 'quick');
	expect(log).toEqual(Array(5).fill('quick'));
	await until(waiting);
	expect(log.at(-1)).toBe('slow');
});

test('after a 429 all requests of the key wait, then one is sent, then two', async () => {
	const limiter = rateLimiterOf(newKey(), 100);
	const sent: number[] = [];
	await limiter.enter(false);
	const sentAt = Date.now();
	limiter.slowDown(2_000, sentAt);
	limiter.leave(false);
	const others = Array.from({ length: 8 }, async () => {
		await limiter.enter(false);
		sent.push(Date.now() - sentAt);
		await after(10);
		limiter.leave(true);
	});
	await until(Promise.all(others));
	expect(Math.min(...sent)).toBeGreaterThanOrEqual(2_000);
	expect(sent.filter((at) => at < sent[0] + 10)).toHaveLength(1);
	expect(sent.filter((at) => at < sent[0] + 20).length).toBeLessThanOrEqual(3);
});

test('a changed limit applies at once', async () => {
	const key = newKey();
	const log: string[] = [];
	await rateLimiterOf(key, 1).enter(false);
	const waiting = enter(rateLimiterOf(key, 1), log, 'waiting');
	rateLimiterOf(key, 5);
	await until(waiting, 1_000);
	expect(log).toEqual(['waiting']);
});

test('memory does not grow with the number of keys', async () => {
	const seen: Array<[string, unknown]> = [];
	for (let n = 0; n < 5_000; n++) {
		const key = newKey();
		const limiter = rateLimiterOf(key, 60);
		seen.unshift([key, limiter]);
		await limiter.enter(false);
		limiter.leave(true);
		if (n % 100 === 0) await jest.advanceTimersByTimeAsync(WINDOW_MS + 1);
	}
	const firstForgotten = seen.findIndex(([key, limiter]) => rateLimiterOf(key, 60) !== limiter);
	expect(firstForgotten).toBeGreaterThan(0);
	expect(firstForgotten).toBeLessThanOrEqual(400);
});
