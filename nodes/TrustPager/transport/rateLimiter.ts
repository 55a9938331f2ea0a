import { sleep } from 'n8n-workflow';

import { onAbort } from './onAbort';
import { timing } from './timing';
import { CancelledWait } from './abort';

/** More requests at once than this bring nothing against a limit of 60 a minute. */
const MOST_AT_ONCE = 16;
/** Longest nap of the loop that lets requests go; bounds how late a changed limit is noticed. */
const NAP_MS = 250;

interface Waiter {
	go: () => void;
	/** A request that met a 429 goes before those that have not been out yet. */
	urgent: boolean;
}

/**
 * Paces one key: at most `limit` requests in any window, counted from the end of each request
 * (the server has counted it by then), and after a 429 nothing until the server's time, then one,
 * two, four … at once as long as they succeed.
 */
export class KeyPacer {
	private readonly finished: number[] = [];
	private head = 0;
	private inFlight = 0;
	private waiters: Waiter[] = [];
	private blockedUntil = 0;
	private slowedAt = -1;
	private atOnce = MOST_AT_ONCE;
	private running = false;

	constructor(private limit: number) {}

	setLimit(limit: number): void {
		this.limit = limit;
	}

	/** Nothing in flight, nobody waiting, no request remembered that still counts. */
	isIdle(now: number): boolean {
		this.forget(now);
		return (
			this.inFlight === 0 &&
			this.waiters.length === 0 &&
			this.head === this.finished.length &&
			now >= this.blockedUntil
		);
	}

	/** Resolves when the request may leave; rejects at once with CancelledWait when `signal` aborts. */
	async enter(urgent: boolean, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw new CancelledWait();
		if (this.waiters.length === 0 && this.delay(Date.now()) === 0) {
			this.inFlight++;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const waiter: Waiter = { urgent, go: () => undefined };
			const forget = onAbort(signal, () => {
				this.waiters = this.waiters.filter((other) => other !== waiter);
				reject(new CancelledWait());
			});
			waiter.go = () => {
				forget();
				resolve();
			};
			if (urgent) {
				const firstPatient = this.waiters.findIndex((other) => !other.urgent);
				this.waiters.splice(firstPatient < 0 ? this.waiters.length : firstPatient, 0, waiter);
			} else {
				this.waiters.push(waiter);
			}
			void this.letGo();
		});
	}

	/** To be called once for each `enter`, when the request has ended, however it ended; after `slowDown` if both. */
	leave(succeeded: boolean): void {
		this.inFlight--;
		this.finished.push(Date.now());
		if (succeeded) this.atOnce = Math.min(MOST_AT_ONCE, this.atOnce * 2);
		if (this.waiters.length > 0) this.wake();
	}

	/** A 429 came for a request sent at `sentAt`: everyone on this key waits `ms`, then starts slowly. */
	slowDown(ms: number, sentAt: number): void {
		const now = Date.now();
		this.blockedUntil = Math.max(this.blockedUntil, now + ms);
		if (sentAt < this.slowedAt) return;
		this.slowedAt = now;
		this.atOnce = 1;
	}

	private forget(now: number): void {
		while (this.head < this.finished.length && this.finished[this.head] <= now - timing.rateWindowMs) {
			this.head++;
		}
		if (this.head > 1024) {
			this.finished.splice(0, this.head);
			this.head = 0;
		}
	}

	/** Milliseconds until one more request may leave; Infinity while only the end of another can tell. */
	private delay(now: number): number {
		this.forget(now);
		if (now < this.blockedUntil) return this.blockedUntil - now;
		if (this.inFlight >= this.atOnce) return Infinity;
		const remembered = this.finished.length - this.head;
		if (this.inFlight + remembered < this.limit) return 0;
		const mustExpire = this.inFlight + remembered - this.limit;
		if (mustExpire >= remembered) return Infinity;
		return this.finished[this.head + mustExpire] + timing.rateWindowMs - now + 1;
	}

	private wake(): void {
		while (this.waiters.length > 0 && this.delay(Date.now()) === 0) {
			this.inFlight++;
			this.waiters.shift()?.go();
		}
	}

	private async letGo(): Promise<void> {
		if (this.running) return;
		this.running = true;
		while (this.waiters.length > 0) {
			this.wake();
			if (this.waiters.length > 0) await sleep(Math.min(NAP_MS, this.delay(Date.now())));
		}
		this.running = false;
	}
}

const pacers = new Map<string, KeyPacer>();
/** Enough for every key that is busy at once; idle ones are dropped first. */
const MOST_PACERS = 256;

/**
 * The pacer of one key, shared by all nodes, executions, pickers and triggers of this process.
 * @param keyId a hash of the key, never the key
 * @param requestsPerWindow the newest word on the key's limit; a changed credential counts at once
 */
export function pacerOf(keyId: string, requestsPerWindow: number): KeyPacer {
	let pacer = pacers.get(keyId);
	if (!pacer) {
		if (pacers.size >= MOST_PACERS) dropIdle();
		pacer = new KeyPacer(requestsPerWindow);
		pacers.set(keyId, pacer);
	}
	pacer.setLimit(requestsPerWindow);
	return pacer;
}

function dropIdle(): void {
	const now = Date.now();
	for (const [keyId, pacer] of pacers) if (pacer.isIdle(now)) pacers.delete(keyId);
}
