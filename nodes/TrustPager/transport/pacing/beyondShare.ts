import { timing } from './timing';

/** A process that knows nothing takes this part of the limit at once, and the whole of it in this part of a window. */
const FIRST_BURST = 1 / 16;
const PACE = 1 / 16;
/** Requests in progress beyond the share, per 60 of the limit: when one is refused, so are the others. */
const CONCURRENT = 2;
/** … and one more after each of these parts of a window: else a slow server alone would take too long. */
const LONGER = 1 / 15;
/** Who has got so much of the limit at the start is most likely alone, and takes the rest with more at a time. */
const MAJORITY = 0.6;
const CONCURRENT_ALONE = 8;

/** Windows between two tries to take more; fewer for a share below SMALL of the limit. */
const BETWEEN_TRIES = 2.75;
const SMALL = 1 / 4;
/** Below this part of the limit a process does not wait for a good moment, but comes as soon as the server allows. */
const TINY = 1 / 16;
/** Parts of a window: the time that the others get to use their shares up, when one's own is, and the most of it. */
const SETTLING = 1 / 40;
const LONGEST_SETTLING = 1 / 6;
/** Processes that were refused together come back apart. */
const JITTER = 1 / 240;

/** What decides on going beyond the share. */
export interface Holding {
	/** Requests of the last window, those in progress included. */
	used: number;
	share: number;
	limit: number;
}

/** So little that the others leave some room for it. */
export function isTiny({ share, limit }: Pick<Holding, 'share' | 'limit'>): boolean {
	return share < limit * TINY;
}

/**
 * When a process goes beyond its share of a key's limit (keyShare.ts):
 *
 * | known                 | when                                                                                  |
 * | --------------------- | ------------------------------------------------------------------------------------- |
 * | nothing yet           | at once; after a first burst at a pace that is the same for all, so that all get alike |
 * | its share             | every third window; each window when what waits fits into a share                     |
 * | a tiny share, or none | as soon as the server allows, and more often                                          |
 *
 * With a share it waits until that is used up and the others had time to use theirs, which it would take else.
 */
export class BeyondShare {
	/** Until the first refusal. */
	private isUnknown = true;
	private unknownSince = 0;
	private inProgress = 0;
	private concurrency = Infinity;
	private sentAt = 0;
	private refusedAt = -Infinity;
	private nextTryAt = 0;
	private isTryDue = false;
	/** When the share was last used up, and since when it is so again and again within a short time. */
	private usedUpAt = -Infinity;
	private usedUpSince = 0;
	private settledAt = 0;

	constructor(private readonly random: () => number) {}

	/** When one request may be sent; Infinity while that depends on the end of another. */
	readyAt(now: number, holding: Holding, waiting: number): number {
		const { used, limit } = holding;
		const isAlone = this.isUnknown && used > limit * MAJORITY;
		const longer = this.isUnknown ? (now - this.unknownSince) / (LONGER * timing.rateWindowMs) : 0;
		const few = Math.ceil(Math.max(1, limit / 60) * (CONCURRENT + Math.floor(longer)));
		const most = isAlone ? Math.max(few, CONCURRENT_ALONE) : few;
		if (this.inProgress >= Math.min(this.concurrency, most)) return Infinity;
		if (this.isUnknown && used < limit * FIRST_BURST) return now;
		const inPace = this.sentAt + (PACE * timing.rateWindowMs) / limit;
		return Math.max(inPace, this.tryAt(now, holding, waiting));
	}

	/** A request was sent, within the share or beyond it. */
	sent(now: number, isBeyond: boolean): void {
		if (this.sentAt === 0 || now > this.sentAt + timing.rateWindowMs) this.unknownSince = now;
		this.sentAt = now;
		if (isBeyond) this.inProgress++;
	}

	/** A request beyond the share has ended. */
	ended(isServed: boolean): void {
		this.inProgress--;
		if (isServed) this.concurrency++;
	}

	/** The share was used up. */
	usedUp(now: number): void {
		const windowMs = timing.rateWindowMs;
		if (now > this.usedUpAt + windowMs / 4) this.usedUpSince = now;
		this.usedUpAt = now;
		const settling = SETTLING * (1 + this.random()) * windowMs;
		this.settledAt = Math.min(now + settling, this.usedUpSince + LONGEST_SETTLING * windowMs);
		this.isTryDue = now >= this.nextTryAt;
	}

	/** A request was refused; nothing may be sent before `blockedUntil`. */
	refused(now: number, holding: Pick<Holding, 'share' | 'limit'>, blockedUntil: number): void {
		const windowMs = timing.rateWindowMs;
		this.isUnknown = false;
		this.concurrency = 1;
		this.refusedAt = now;
		this.isTryDue = false;
		this.settledAt = now + windowMs;
		const between = BETWEEN_TRIES * Math.min(1, holding.share / (holding.limit * SMALL));
		const jitter = this.random() * (isTiny(holding) ? JITTER : SETTLING);
		this.nextTryAt = Math.max(blockedUntil, now + between * windowMs) + jitter * windowMs;
	}

	/** Nothing is known any more. */
	reset(): void {
		this.isUnknown = true;
		this.concurrency = Infinity;
	}

	private tryAt(now: number, holding: Holding, waiting: number): number {
		if (this.isUnknown) return now;
		if (isTiny(holding)) return this.nextTryAt;
		const isLastPart =
			waiting <= holding.share && now > this.refusedAt + 0.75 * timing.rateWindowMs;
		return this.isTryDue || isLastPart ? this.settledAt : Infinity;
	}
}
