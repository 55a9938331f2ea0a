import { BeyondShare, isTiny } from './beyondShare';
import { RecentRequests } from './recentRequests';
import { timing } from './timing';

/** More bring nothing against a limit of 60 per minute, and leave more in doubt when n8n dies. */
const MAX_CONCURRENT = 16;

/** Part of a window for which a request of the share is held back for whoever has none: once per window. */
const HELD = 1 / 20;

/** What is left of a share when another process took a part of it: it then finds more without a fight. */
const LEFT_AFTER_LOSS = 3 / 4;
/** What is left after each try to take more that was refused, from the third in a row on: large shares lose more. */
const LEFT_AFTER_TRY = 7 / 8;
const FREE_TRIES = 2;

/** How a request ended: `lost` without an answer, so that the server may have counted it; `unsent`, so that it has not. */
export type Outcome = 'served' | 'lost' | 'unsent' | Refusal;

export interface Refusal {
	/** How long everybody on the key waits. */
	waitMs: number;
	/** `Retry-After`, if the server sent one. */
	askedMs?: number;
}

/** A request in progress. */
export interface Turn {
	sentAt: number;
	isBeyondShare: boolean;
}

export interface Demand {
	/** How many requests wait. */
	waiting: number;
	/** How many are to be left for those that cannot wait; undefined for one of these. */
	reserved?: number;
}

/**
 * How much of a key's limit is for this process, found without a word from the others.
 *
 * Its *share* is what it got within one window, and it sends no more in any window. At the first refusal the limit is used
 * up, so what all processes got is the limit: if each keeps to what it got, nothing is refused any more and nothing is
 * left unused, whether the server's window slides or is fixed.
 *
 * | event                                | the share becomes                                                 |
 * | ------------------------------------ | ----------------------------------------------------------------- |
 * | start                                | 0                                                                 |
 * | served beyond the share              | one more                                                          |
 * | refused beyond the share             | what was got in the server's window; from the third time on, 7/8  |
 * | refused within it: somebody has come | 3/4 of what was got                                               |
 * | not used up for a window and a half  | what was used                                                     |
 *
 * It goes beyond the share request by request until one is refused: beyondShare.ts. A process that is alone soon has the
 * whole limit, and is never refused.
 *
 * The idea is that of additive increase and multiplicative decrease (Chiu and Jain 1989, as in TCP). Other than there a
 * share stays between refusals, because each costs a request and servers may punish many. How well it works:
 * test/transport/pacing.
 */
export class KeyShare {
	private readonly recent = new RecentRequests();
	private inFlight = 0;
	private concurrency = MAX_CONCURRENT;
	share = 0;
	private blockedUntil = 0;
	/** When the share was last used up. */
	private fullAt = 0;
	/** When the window's first request of the share became free. */
	private freeAt = -Infinity;
	private refusedAt = -Infinity;
	private refusedTries = 0;
	private readonly beyond: BeyondShare;

	constructor(
		public limit: number,
		random: () => number = Math.random,
	) {
		this.beyond = new BeyondShare(random);
	}

	/** Nothing in progress, and nothing known that still counts. */
	isIdle(now: number): boolean {
		this.update(now);
		return this.inFlight + this.recent.count === 0 && now >= this.blockedUntil;
	}

	/** Milliseconds until one more request may be sent; Infinity while that depends on the end of another. */
	delay(now: number, { waiting, reserved }: Demand): number {
		this.update(now);
		if (now < this.blockedUntil) return this.blockedUntil - now;
		if (this.inFlight >= this.concurrency) return Infinity;
		const own = Math.min(this.share, this.limit);
		const usable = own - Math.min(reserved ?? 0, Math.floor(own / 2));
		const { used } = this;
		if (used < usable) {
			const isHeld = used + 1 === usable && reserved !== undefined && !isTiny(this);
			return isHeld ? Math.max(0, this.freeAt + HELD * timing.rateWindowMs - now) : 0;
		}
		const inTurn = this.recent.expiry(used - usable + 1);
		const isAtLimit = used + (reserved ?? 0) >= this.limit;
		const beyond = isAtLimit ? Infinity : this.beyond.readyAt(now, this, waiting);
		return Math.max(0, Math.min(inTurn, beyond) - now);
	}

	/** To be called when `delay` is 0 and a request is sent. */
	enter(now: number, { reserved = 0 }: Demand): Turn {
		const isBeyondShare = this.used >= this.share;
		this.inFlight++;
		this.beyond.sent(now, isBeyondShare);
		if (!isBeyondShare && this.used + reserved >= this.share) this.beyond.usedUp(now);
		return { sentAt: now, isBeyondShare };
	}

	/** To be called once for each `enter`, when the request has ended. */
	leave(now: number, turn: Turn, outcome: Outcome): void {
		this.inFlight--;
		if (turn.isBeyondShare) this.beyond.ended(outcome === 'served');
		if (typeof outcome === 'object') {
			this.refuse(now, turn, outcome);
			return;
		}
		if (outcome === 'unsent') return;
		this.recent.add(now);
		if (outcome === 'lost') return;
		this.concurrency = Math.min(MAX_CONCURRENT, this.concurrency * 2);
		if (!turn.isBeyondShare) return;
		this.refusedTries = 0;
		this.update(now);
		this.share = Math.max(this.share, this.recent.count);
	}

	/** Whether at most half of those that may be in progress are. */
	get isHalfFree(): boolean {
		return this.inFlight <= this.concurrency / 2;
	}

	get used(): number {
		return this.recent.count + this.inFlight;
	}

	private refuse(now: number, turn: Turn, { waitMs, askedMs }: Refusal): void {
		this.blockedUntil = Math.max(this.blockedUntil, now + waitMs);
		// Those that were in progress together are refused for one reason.
		if (turn.sentAt < this.refusedAt) return;
		this.update(now);
		this.refusedAt = now;
		this.concurrency = 1;
		this.refusedTries = turn.isBeyondShare ? this.refusedTries + 1 : 1;
		this.share = this.shareAfter(this.gotInServersWindow(now, askedMs), turn);
		this.beyond.refused(now, this, this.blockedUntil);
	}

	private shareAfter(got: number, { isBeyondShare }: Turn): number {
		if (!isBeyondShare) return Math.floor(Math.min(got, this.share) * LEFT_AFTER_LOSS);
		return this.refusedTries > FREE_TRIES ? Math.ceil(got * LEFT_AFTER_TRY) : got;
	}

	/** A sliding window and a fixed one both began one window before what `Retry-After` says, in whole seconds. */
	private gotInServersWindow(now: number, askedMs = Infinity): number {
		const windowMs = timing.rateWindowMs;
		return this.recent.countSince(askedMs > windowMs ? 0 : now + askedMs - windowMs - 1_000);
	}

	private update(now: number): void {
		const windowMs = timing.rateWindowMs;
		if (this.recent.forget(now) && now > this.freeAt + 0.9 * windowMs) this.freeAt = now;
		const { used } = this;
		if (used >= this.share) this.fullAt = now;
		if (now <= this.fullAt + 1.5 * windowMs) return;
		this.share = used;
		this.fullAt = now;
		if (used > 0) return;
		this.refusedTries = 0;
		this.beyond.reset();
	}
}
