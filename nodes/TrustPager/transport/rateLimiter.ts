import { sleep } from 'n8n-workflow';

import type { Demand, Outcome, Turn } from './pacing/keyShare';
import { KeyShare } from './pacing/keyShare';
import { STORES } from './processMemory';
import { timing } from './pacing/timing';
import type { ApiAnswer } from './types';
import { CancelledWait, WaitQueue } from './waiting';

/** The longest sleep of the loop that releases requests; bounds how late a changed limit is noticed. */
const MAX_SLEEP_MS = 250;
/**
 * How long a place that has become free waits for others, so that requests start several at a time: each alone costs Node
 * a quarter more where a server answers at once.
 */
const REFILL_MS = 10;
/** The most of a limit that is kept free for urgent requests. */
const MAX_RESERVED = 1 / 20;
/** Windows after which urgent requests are no longer expected to go on. */
const REMEMBERED = 2.5;

/** In this order: somebody waits for it, it has waited before, all others. */
export type Rank = 'urgent' | 'retry' | 'new';
const ORDER: Record<Rank, number> = { urgent: 0, retry: 1, new: 2 };

interface Waiting {
	rank: Rank;
	/** Given when it is released. */
	turn?: Turn;
}

/**
 * Keeps this process within its share of one API key's rate limit (keyShare.ts), and decides who goes first. Polls and
 * pickers are urgent: they go before everything else, and as many requests as they lately needed are kept free for them,
 * so that they need not wait for a window to end when mail is sent in bulk.
 */
export class RateLimiter {
	private readonly share: KeyShare;
	private readonly queue = new WaitQueue<Waiting>();
	private urgentAt: number[] = [];
	private isReleasing = false;
	private isRefilling = false;
	/** For how long, in all, requests have been held back by the rate limit rather than by others in progress. */
	limitedMs = 0;
	private lasting?: ApiAnswer;
	private lastSeen = 0;
	private lag = 0;

	constructor(limit: number) {
		this.share = new KeyShare(limit);
	}

	setLimit(limit: number): void {
		this.share.limit = limit;
	}

	/** Nothing in progress, nobody waiting, no request remembered that still counts. */
	isIdle(now: number): boolean {
		return this.queue.first === undefined && this.share.isIdle(now);
	}

	/** Resolves when the request may be sent; rejects at once with CancelledWait when `signal` aborts. */
	async enter(rank: Rank, signal?: AbortSignal): Promise<Turn> {
		if (signal?.aborted) throw new CancelledWait();
		const now = this.now();
		if (rank === 'urgent') this.urgentAt = [...this.lastUrgent(now), now];
		const demand = this.demand(now, rank);
		if (this.queue.first === undefined && this.share.delay(now, demand) === 0) {
			return this.share.enter(now, demand);
		}
		const waiting: Waiting = { rank };
		const released = this.queue.join(waiting, signal, (other) => ORDER[other.rank] <= ORDER[rank]);
		// The loop may sleep until the turn of one that is now behind it.
		if (rank === 'urgent') this.releaseDue();
		void this.releaseInTime();
		await released;
		return waiting.turn ?? this.share.enter(now, demand);
	}

	/** To be called once for each `enter`, when the request has ended, however it ended. */
	leave(turn: Turn, outcome: Outcome): void {
		this.share.leave(this.now(), turn, outcome);
		if (this.share.isHalfFree || this.queue.first?.rank === 'urgent') this.releaseDue();
		else void this.refill();
	}

	/** The server will refuse everything on this key for long: `answer` said so. */
	refuseAll(answer: ApiAnswer): void {
		this.lasting = answer;
	}

	/** What the server said less than a window ago, and would say again; after that it is asked again. */
	lastingRefusal(now: number): ApiAnswer | undefined {
		const { lasting } = this;
		return lasting && Math.abs(now - lasting.sentAt) < timing.rateWindowMs ? lasting : undefined;
	}

	/** Milliseconds that never go back, as a computer's clock does when it is set: nobody waits for a time it had before. */
	private now(): number {
		const now = Date.now() + this.lag;
		this.lag += Math.max(0, this.lastSeen - now);
		this.lastSeen = Math.max(this.lastSeen, now);
		return this.lastSeen;
	}

	private demand(now: number, rank: Rank): Demand {
		const waiting = this.queue.size;
		if (rank === 'urgent') return { waiting };
		const expected = Math.ceil(this.lastUrgent(now).length / REMEMBERED);
		return { waiting, reserved: Math.min(expected, Math.floor(this.share.limit * MAX_RESERVED)) };
	}

	private lastUrgent(now: number): number[] {
		return this.urgentAt.filter((at) => at > now - REMEMBERED * timing.rateWindowMs);
	}

	/** Lets those proceed whose turn it is. @returns milliseconds until the next one's; undefined when nobody waits */
	private releaseDue(): number | undefined {
		const now = this.now();
		for (let next = this.queue.first; next !== undefined; next = this.queue.first) {
			const demand = this.demand(now, next.rank);
			const delay = this.share.delay(now, demand);
			if (delay > 0) return delay;
			next.turn = this.share.enter(now, demand);
			this.queue.release();
		}
		return undefined;
	}

	private async refill(): Promise<void> {
		if (this.isRefilling) return;
		this.isRefilling = true;
		await sleep(REFILL_MS);
		this.isRefilling = false;
		this.releaseDue();
	}

	private async releaseInTime(): Promise<void> {
		if (this.isReleasing) return;
		this.isReleasing = true;
		for (let delay = this.releaseDue(); delay !== undefined; delay = this.releaseDue()) {
			const from = Date.now();
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
