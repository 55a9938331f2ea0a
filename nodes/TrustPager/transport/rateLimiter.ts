import { sleep } from 'n8n-workflow';

import { STORES } from './processMemory';
import { timing } from './timing';
import { CancelledWait, WaitQueue } from './waiting';

/** More concurrent requests bring nothing against a limit of 60 per minute. */
const MAX_CONCURRENT = 16;
/** The longest sleep of the loop that releases requests; bounds how late a changed limit is noticed. */
const MAX_SLEEP_MS = 250;

/**
 * Keeps one API key within its rate limit: at most `limit` requests in any window, counted from the end of each request
 * (the server has counted it by then), and after a 429 none until the server's time, then one, two, four … at once as
 * long as they succeed.
 */
export class RateLimiter {
	private readonly finished: number[] = [];
	private head = 0;
	private inFlight = 0;
	/** True for a retry: it goes before requests that have not been sent yet. */
	private readonly queue = new WaitQueue<boolean>();
	private blockedUntil = 0;
	private slowedAt = -1;
	private concurrency = MAX_CONCURRENT;
	private isReleasing = false;

	/** For how long, in all, requests have been held back by the rate limit rather than by others in flight. */
	limitedMs = 0;

	constructor(private limit: number) {}

	setLimit(limit: number): void {
		this.limit = limit;
	}

	/** Nothing in flight, nobody waiting, no request remembered that still counts. */
	isIdle(now: number): boolean {
		this.forget(now);
		return (
			this.inFlight === 0 &&
			this.queue.first === undefined &&
			this.head === this.finished.length &&
			now >= this.blockedUntil
		);
	}

	/** Resolves when the request may be sent; rejects at once with CancelledWait when `signal` aborts. */
	async enter(isRetry: boolean, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw new CancelledWait();
		if (this.queue.first === undefined && this.delay(Date.now()) === 0) {
			this.inFlight++;
			return;
		}
		const turn = this.queue.join(isRetry, signal, (other) => other || !isRetry);
		void this.releaseInTime();
		await turn;
	}

	/** To be called once for each `enter`, when the request has ended, however it ended; after `slowDown` if both. */
	leave(isServed: boolean): void {
		this.inFlight--;
		this.finished.push(Date.now());
		if (isServed) this.concurrency = Math.min(MAX_CONCURRENT, this.concurrency * 2);
		this.releaseDue();
	}

	/** A 429 came for a request sent at `sentAt`: everyone on this key waits `ms`, then starts slowly. */
	slowDown(ms: number, sentAt: number): void {
		const now = Date.now();
		this.blockedUntil = Math.max(this.blockedUntil, now + ms);
		if (sentAt < this.slowedAt) return;
		this.slowedAt = now;
		this.concurrency = 1;
	}

	private forget(now: number): void {
		while (
			this.head < this.finished.length &&
			this.finished[this.head] <= now - timing.rateWindowMs
		) {
			this.head++;
		}
		if (this.head > 1024) {
			this.finished.splice(0, this.head);
			this.head = 0;
		}
	}

	/** Milliseconds until one more request may be sent; Infinity while that depends on the end of another. */
	private delay(now: number): number {
		this.forget(now);
		if (now < this.blockedUntil) return this.blockedUntil - now;
		if (this.inFlight >= this.concurrency) return Infinity;
		const remembered = this.finished.length - this.head;
		if (this.inFlight + remembered < this.limit) return 0;
		const mustExpire = this.inFlight + remembered - this.limit;
		if (mustExpire >= remembered) return Infinity;
		return this.finished[this.head + mustExpire] + timing.rateWindowMs - now + 1;
	}

	private releaseDue(): void {
		while (this.queue.first !== undefined && this.delay(Date.now()) === 0) {
			this.inFlight++;
			this.queue.release();
		}
	}

	private async releaseInTime(): Promise<void> {
		if (this.isReleasing) return;
		this.isReleasing = true;
		while (this.queue.first !== undefined) {
			this.releaseDue();
			if (this.queue.first === undefined) break;
			const from = Date.now();
			const delay = this.delay(from);
			await sleep(Math.min(MAX_SLEEP_MS, delay));
			if (delay !== Infinity) this.limitedMs += Date.now() - from;
		}
		this.isReleasing = false;
	}
}

const rateLimiters = new Map<string, RateLimiter>();

/**
 * The rate limiter of one key, shared by all nodes, executions, pickers and triggers of this process.
 * @param requestsPerWindow the newest value of the key's limit; a changed credential counts at once
 */
export function rateLimiterOf(workspaceKey: string, requestsPerWindow: number): RateLimiter {
	let limiter = rateLimiters.get(workspaceKey);
	if (!limiter) {
		if (rateLimiters.size >= STORES.rateLimiters.max) dropIdle();
		limiter = new RateLimiter(requestsPerWindow);
		rateLimiters.set(workspaceKey, limiter);
	}
	limiter.setLimit(requestsPerWindow);
	return limiter;
}

/** Only idle ones may go: a key that is in use must keep to one rate limit. */
function dropIdle(): void {
	const now = Date.now();
	for (const [key, limiter] of rateLimiters) if (limiter.isIdle(now)) rateLimiters.delete(key);
}
