import type { RateLimit } from './settings';

const DAY_MS = 24 * 60 * 60_000;

/** Sliding window per key, in real time: a frozen clock must not block a test forever. */
export class RateLimiter {
	private arrivals = new Map<string, number[]>();

	private days = new Map<string, { day: number; count: number }>();

	/** Returns 0 when the request may pass, else the seconds for Retry-After. Refused requests do not count. */
	take(key: string, limit: RateLimit | null, nowMs: number): number {
		if (limit === null) return 0;
		const seen = this.arrivals.get(key) ?? [];
		let expired = 0;
		while (expired < seen.length && seen[expired] <= nowMs - limit.windowMs) expired++;
		if (expired > 0) seen.splice(0, expired);
		if (seen.length >= limit.limit) {
			const freeAt = (seen[seen.length - limit.limit] ?? nowMs) + limit.windowMs;
			return Math.max(1, Math.ceil((freeAt - nowMs) / 1000));
		}
		seen.push(nowMs);
		this.arrivals.set(key, seen);
		return 0;
	}

	/** The same for a limit per day, counted from midnight UTC. */
	takeOfDay(key: string, limit: number | null, nowMs: number): number {
		if (limit === null) return 0;
		const day = Math.floor(nowMs / DAY_MS);
		const last = this.days.get(key);
		const count = last?.day === day ? last.count : 0;
		if (count >= limit) return Math.max(1, Math.ceil(((day + 1) * DAY_MS - nowMs) / 1000));
		this.days.set(key, { day, count: count + 1 });
		return 0;
	}
}
