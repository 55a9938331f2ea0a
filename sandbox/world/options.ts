import type { RateLimit } from './settings';

export interface SandboxOptions {
	/** 0 (default) takes a free port. Always bound to 127.0.0.1. */
	port?: number;
	seed?: 'demo' | 'empty';
	/** null = no limit. Default 60 requests in 60 s per key. Counted in real time, whatever the clock is set to. */
	rateLimit?: RateLimit | null;
	/** Freezes the sandbox's clock at this moment (ISO or epoch ms); `control.advanceClock` moves it. */
	now?: string | number;
	/**
	 * The number that ids begin with, 1 by default: the same ids in every run. A client that remembers ids must not meet
	 * them again after a reset, which no real server has, so it takes another one each time.
	 */
	firstId?: number;
}
