import type { Dialect } from './dialects';
import type { RateLimit } from './settings';

export interface SandboxOptions {
	/** 0 (default) picks a free port. Always bound to 127.0.0.1. */
	port?: number;
	seed?: 'demo' | 'empty';
	/** Which generation of the API's documents it speaks. Default: `2026-05`. */
	dialect?: Dialect;
	/** null = no limit. Default: 60 requests per 60 s and key, in real time whatever the clock is set to. */
	rateLimit?: RateLimit | null;
	/** Freezes the sandbox's clock at this moment (ISO or epoch ms); `control.advanceClock` moves it. */
	now?: string | number;
	/**
	 * Number of the first id of each kind, 1 by default. A client that remembers ids must not see the same ones again
	 * after a reset, which no real server does, so its tests pass another number each time.
	 */
	firstId?: number;
}
