import { Clock } from './clock';
import { FaultBook } from './injectedFaults';
import { IdempotencyCache } from './idempotencyCache';
import { Ids, uuidOf } from './ids';
import { seedKeys, type ApiKey } from './keys';
import type { Position } from './orderedRows';
import { Plantings } from './pagingFaults';
import { RateLimiter } from './rateLimiter';
import { RequestLog } from './requestLog';
import { sow } from '../seed';
import { Store } from './store';
import type { SandboxOptions } from '../control/interface';
import { defaultSettings, type SandboxSettings } from './settings';
import type { OutboxMail, Violation } from './types';

/** Everything that one sandbox remembers. `reset` puts all of it back to the beginning. */
export class World {
	settings!: SandboxSettings;

	clock!: Clock;

	ids!: Ids;

	store!: Store;

	/** By secret. */
	keys!: Map<string, ApiKey>;

	limiter!: RateLimiter;

	idempotency!: IdempotencyCache;

	requests!: RequestLog;

	outbox!: OutboxMail[];

	violations!: Violation[];

	faults!: FaultBook;

	plantings!: Plantings;

	/** Where a list goes on, by list and cursor. */
	cursors!: Map<string, Position & { index: number }>;

	/** Counts changes, for the page. */
	version = 0;

	private listeners = new Set<() => void>();

	constructor(private readonly options: SandboxOptions) {
		this.reset({});
	}

	/** Options left out fall back to those that the sandbox was started with. */
	reset(options: Omit<SandboxOptions, 'port'>): void {
		const { seed = 'demo', rateLimit, now, firstId } = { ...this.options, ...options };
		this.settings = defaultSettings(rateLimit);
		this.clock = new Clock();
		if (now !== undefined) this.clock.set(now);
		this.ids = new Ids(firstId);
		this.store = new Store(uuidOf('workspace', 1));
		this.keys = new Map(seedKeys().map((key) => [key.secret, key]));
		this.limiter = new RateLimiter();
		this.idempotency = new IdempotencyCache();
		this.requests = new RequestLog();
		this.outbox = [];
		this.violations = [];
		this.plantings = new Plantings();
		this.cursors = new Map();
		this.faults = new FaultBook();
		sow(this, seed);
		this.changed();
	}

	onChange(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	changed(): void {
		this.version++;
		for (const listener of this.listeners) listener();
	}
}
