import * as fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import type { Turn } from '../../nodes/TrustPager/transport/pacing/keyShare';
import type { Rank, RateLimiter } from '../../nodes/TrustPager/transport/rateLimiter';
import { rateLimiterOf } from '../../nodes/TrustPager/transport/rateLimiter';
import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
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
	rank: Rank = 'new',
	signal?: AbortSignal,
): Promise<Turn> {
	const turn = await limiter.enter(rank, signal);
	log.push(name);
	return turn;
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
					const turn = await limiter.enter('new');
					const sentAt = Date.now();
					// A refused request does not count.
					if (limited === null) reached.push(sentAt + lasts * reaches);
					for (const [from, to] of blocked) expect(sentAt > from && sentAt < to).toBe(false);
					await after(lasts);
					if (limited !== null) blocked.push([Date.now(), Date.now() + limited]);
					limiter.leave(turn, limited === null ? 'served' : { waitMs: limited });
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
		const turn = await limiter.enter('new');
		await after(5);
		limiter.leave(turn, 'served');
	});
	await until(Promise.all(burst));
	// Fake time: 30 requests at 10 per window need two full windows, plus the steps of the loop.
	expect(Date.now() - started).toBeLessThan(2 * WINDOW_MS * 1.3);
});

test('first come, first served, but polls go before retries after a 429, and those before new requests', async () => {
	const limiter = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	const first = await limiter.enter('new');
	const served = async (name: string, rank?: Rank) =>
		limiter.leave(await enter(limiter, log, name, rank), 'served');
	const waiting = [
		served('a'),
		served('b'),
		served('again-1', 'retry'),
		served('poll', 'urgent'),
		served('again-2', 'retry'),
	];
	limiter.leave(first, 'served');
	await until(Promise.all(waiting));
	expect(log).toEqual(['poll', 'again-1', 'again-2', 'a', 'b']);
});

test('places that become free are filled several at a time, or after a moment; a poll takes one at once', async () => {
	const limiter = rateLimiterOf(newKey(), 10_000);
	const log: string[] = [];
	const turns = await Promise.all(
		Array.from({ length: 16 }, async () => await limiter.enter('new')),
	);
	const leave = async (count: number) => {
		for (const turn of turns.splice(0, count)) limiter.leave(turn, 'served');
		await jest.advanceTimersByTimeAsync(0);
	};
	for (let n = 1; n <= 12; n++) void enter(limiter, log, 'new');
	await leave(7);
	expect(log).toEqual([]);
	await leave(1);
	expect(log).toHaveLength(8);
	void enter(limiter, log, 'poll', 'urgent');
	await leave(1);
	expect(log.slice(8)).toEqual(['poll']);
	await leave(1);
	await jest.advanceTimersByTimeAsync(10);
	expect(log.slice(9)).toEqual(['new']);
});

test('an aborted signal ends its own wait at once and no other', async () => {
	const limiter = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	const cancel = new AbortController();
	const first = await limiter.enter('new');
	const cancelled = enter(limiter, log, 'cancelled', 'new', cancel.signal);
	const other = enter(limiter, log, 'other');
	cancel.abort();
	// No timer has run, so the rejection did not need one.
	await expect(cancelled).rejects.toBeInstanceOf(CancelledWait);
	await expect(enter(limiter, log, 'late', 'new', cancel.signal)).rejects.toBeInstanceOf(
		CancelledWait,
	);
	limiter.leave(first, 'served');
	await until(other);
	expect(log).toEqual(['other']);
});

test('a key that waits never delays another one', async () => {
	const slow = rateLimiterOf(newKey(), 1);
	const log: string[] = [];
	slow.leave(await slow.enter('new'), { waitMs: 100_000 });
	const waiting = enter(slow, log, 'slow');
	for (let n = 0; n < 5; n++) await enter(rateLimiterOf(newKey(), 1), log, 'quick');
	expect(log).toEqual(Array(5).fill('quick'));
	await until(waiting);
	expect(log.at(-1)).toBe('slow');
});

test('after a 429 all requests of the key wait, then one is sent, then two', async () => {
	const limiter = rateLimiterOf(newKey(), 100);
	const sent: number[] = [];
	const sentAt = Date.now();
	limiter.leave(await limiter.enter('new'), { waitMs: 2_000 });
	const others = Array.from({ length: 8 }, async () => {
		const turn = await limiter.enter('new');
		sent.push(Date.now() - sentAt);
		await after(10);
		limiter.leave(turn, 'served');
	});
	await until(Promise.all(others));
	expect(Math.min(...sent)).toBeGreaterThanOrEqual(2_000);
	expect(sent.filter((at) => at < sent[0] + 10)).toHaveLength(1);
	expect(sent.filter((at) => at < sent[0] + 20).length).toBeLessThanOrEqual(3);
});

test('a changed limit applies at once', async () => {
	const key = newKey();
	const log: string[] = [];
	await rateLimiterOf(key, 1).enter('new');
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
		limiter.leave(await limiter.enter('new'), 'served');
		if (n % 100 === 0) await jest.advanceTimersByTimeAsync(WINDOW_MS + 1);
	}
	const firstForgotten = seen.findIndex(([key, limiter]) => rateLimiterOf(key, 60) !== limiter);
	expect(firstForgotten).toBeGreaterThan(0);
	expect(firstForgotten).toBeLessThanOrEqual(400);
});

/** Guards: whoever looks at a picker, and n8n's schedule, do not wait for a bulk send, not even for its window to end. */
test('a poll each window gets its turn within a twelfth of it, while mail is sent in bulk', async () => {
	const limiter = rateLimiterOf(newKey(), 60);
	const request = async (rank: Rank) => {
		const asked = Date.now();
		const turn = await limiter.enter(rank);
		const waited = Date.now() - asked;
		await after(5);
		limiter.leave(turn, 'served');
		return waited;
	};
	// The first poll finds the limit used up, or not; from then on a request is kept free.
	await until(request('urgent'));
	const started = Date.now();
	const bulk = Promise.all(Array.from({ length: 300 }, async () => await request('new')));
	const polls: Array<Promise<number>> = [];
	for (let n = 0; n < 4; n++) {
		await jest.advanceTimersByTimeAsync(WINDOW_MS * 0.93);
		polls.push(request('urgent'));
	}
	await until(bulk);
	for (const waited of await Promise.all(polls)) expect(waited).toBeLessThanOrEqual(WINDOW_MS / 12);
	// What is kept free for the polls makes 300 take a sixth window.
	expect(Date.now() - started).toBeLessThan(5.3 * WINDOW_MS);
});

test('what is kept free for polls is little, and given back when they end', async () => {
	const limiter = rateLimiterOf(newKey(), 60);
	const served = async (rank: Rank) => limiter.leave(await limiter.enter(rank), 'served');
	const inFirstWindow = async () => {
		let count = 0;
		const all = Array.from({ length: 70 }, async () => await served('new').then(() => count++));
		await jest.advanceTimersByTimeAsync(WINDOW_MS * 0.9);
		const result = count;
		await until(Promise.all(all));
		return result;
	};
	await until(Promise.all(Array.from({ length: 20 }, async () => await served('urgent'))));
	await jest.advanceTimersByTimeAsync(WINDOW_MS * 1.1);
	expect(await inFirstWindow()).toBe(57);
	await jest.advanceTimersByTimeAsync(WINDOW_MS * 4);
	expect(await inFirstWindow()).toBe(60);
});
