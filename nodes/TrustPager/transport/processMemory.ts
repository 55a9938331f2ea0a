/** A Map that keeps its `max` newest entries, so that what a long-lived process remembers stays bounded. */
export class BoundedMap<V> {
	private readonly entries = new Map<string, V>();

	constructor(private readonly max: number) {}

	get size(): number {
		return this.entries.size;
	}

	get(key: string): V | undefined {
		return this.entries.get(key);
	}

	/** Sets an entry and makes it the newest. */
	set(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.max) return;
		const oldest = this.entries.keys().next().value;
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}

interface Store {
	why: string;
	/** What an entry is found by. Data of a workspace is always kept under its workspace key. */
	key: string;
	/** Most entries; undefined for a store that holds only what is in progress. */
	max?: number;
}

/**
 * Everything that survives a run in this process, and nothing else does (test/architecture/architecture.test.ts). It is
 * shared by all executions, pickers and triggers of the process, and gone with it: across processes there is no memory.
 */
export const STORES = {
	rateLimiters: {
		why: 'everything that uses a key keeps to one rate limit',
		key: 'workspace',
		max: 256,
	},
	attachmentMemory: {
		why: 'few large bodies are in memory at a time, whoever sends them',
		key: 'none: one per process, it holds a number only',
	},
	creditWarnings: {
		why: 'one warning in the log until credits are topped up',
		key: 'workspace',
		max: 1_000,
	},
	ledger: {
		why: "n8n's Retry On Fail runs all items again: what was done, or may have been done, is not repeated",
		key: 'workspace, execution, idempotency key',
		max: 20_000,
	},
	ledgerLocks: {
		why: 'one request at a time per ledger key',
		key: 'workspace, execution, idempotency key',
	},
	ownKeys: {
		why: "a user's Idempotency Key stands for one email within 24 hours",
		key: 'workspace, idempotency key',
		max: 20_000,
	},
	sentLookalikes: {
		why: 'the log row of one email is never taken for another that looks the same',
		key: 'workspace, recipient, subject, thread',
		max: 5_000,
	},
	emailsInFlight: {
		why: 'likewise, for emails whose answer has not come yet',
		key: 'workspace, recipient, subject, thread',
	},
	claimedRows: {
		why: 'a log row stands for one email only',
		key: 'workspace, log ID',
		max: 5_000,
	},
	answers: {
		why: 'of two answers to one question at the same time one counts',
		key: 'execution, node, run: an answer comes without a credential',
		max: 1_000,
	},
	unsortedLists: {
		why: 'a server that refuses to sort a list is asked without from then on',
		key: 'workspace, path',
		max: 500,
	},
	ccForms: {
		why: 'a server takes CC as text or as a list, and is asked only once which',
		key: 'workspace, endpoint',
		max: 1_000,
	},
	knownPaths: {
		why: 'a server has the old path of an endpoint or the new one, and is asked only once which',
		key: 'workspace, endpoint',
		max: 1_000,
	},
	contactIds: {
		why: 'an idle poll stays one request, also when a filter names a contact by its email address',
		key: 'workspace, email address',
		max: 1_000,
	},
	pollsInProgress: {
		why: 'two polls of one trigger that overlap must not emit the same message',
		key: 'workflow, node: the same whatever credential the node has',
	},
	lastPolls: {
		why: "n8n's durable scheduler may hand a poll a stale state",
		key: 'workspace, workflow, node',
		max: 500,
	},
	triggerRuns: {
		why: 'the first poll after a pause differs from those that follow',
		key: 'workflow, node: the same whatever credential the node has',
		max: 500,
	},
	pollContexts: { why: 'an activation is seen once', key: "n8n's context of its polls, weakly" },
	nodeRuns: {
		why: 'the items of one run of a node stop together',
		key: 'the execution data of the run, weakly',
	},
	abortCallbacks: { why: 'one listener per signal', key: 'the signal, weakly' },
	refusalCodes: { why: "pickers say why by the API's code", key: 'the error, weakly' },
	ambiguousErrors: { why: 'an error is known to be ambiguous', key: 'the error, weakly' },
} as const satisfies Record<string, Store>;

type BoundedStore = {
	[Name in keyof typeof STORES]: (typeof STORES)[Name] extends { max: number } ? Name : never;
}[keyof typeof STORES];

/** A store of the list, with its bound. Called once per store, at module level, by the code that owns it. */
export function openStore<V>(name: BoundedStore): BoundedMap<V> {
	return new BoundedMap<V>(STORES[name].max);
}
