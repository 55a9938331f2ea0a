import { Clock } from './clock';
import { dialectSettings } from './dialects';
import { IdempotencyCache } from './idempotencyCache';
import { Ids, uuidOf } from './ids';
import { InjectedFaults } from './injectedFaults';
import { seedKeys, type ApiKey } from './keys';
import type { SandboxOptions } from './options';
import type { Position } from './orderedRows';
import { PagingFaults } from './pagingFaults';
import { RateLimiter } from './rateLimiter';
import { RequestLog } from './requestLog';
import type { SandboxSettings } from './settings';
import { Store } from './store';
import type { OutboxMail, Violation } from './types';

/** The whole state of one sandbox. A new or reset world holds no rows until `applySeed` fills it. */
export class World {
	/** The seed to fill it with, as started or last reset. */
	seed!: 'demo' | 'empty';

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

	faults!: InjectedFaults;

	pagingFaults!: PagingFaults;

	/** Where a list continues, by list and cursor. */
	cursors!: Map<string, Position & { index: number }>;

	/** Incremented with each change; the page's event stream sends it. */
	version = 0;

	private listeners = new Set<() => void>();

	constructor(private readonly options: SandboxOptions) {
		this.reset({});
	}

	/** Omitted options fall back to those that the sandbox was started with. */
	reset(options: Omit<SandboxOptions, 'port'>): void {
		const given = { ...this.options, ...options };
		const { seed = 'demo', dialect = '2026-05', rateLimit, now, firstId } = given;
		this.seed = seed;
		this.settings = dialectSettings(dialect, rateLimit);
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
		this.pagingFaults = new PagingFaults();
		this.cursors = new Map();
		this.faults = new InjectedFaults();
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
