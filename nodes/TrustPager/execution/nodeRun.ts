import { randomUUID } from 'node:crypto';
import type { IExecuteSingleFunctions } from 'n8n-workflow';

import type { TrustPagerClient } from '../transport/client';
import type { ApiRequest, Credential, Exchange } from '../transport/types';
import { RunHints } from './runHints';
import type { NodeError } from './runReport';
import { RunReport } from './runReport';

/**
 * What the items of one run of a node share. When one item fails and the node is to stop, the others need not be sent:
 * n8n would drop their results, and a person who runs the workflow again would send their emails twice.
 */
export class NodeRun {
	/** Aborts when the run has failed or the execution was cancelled; ends every wait. */
	readonly signal: AbortSignal;
	readonly hints = new RunHints();
	/** Credentials that its items have been read with: several where expressions differ by item. */
	readonly credentials = new Map<string, Credential>();
	/** Whether n8n can put the execution to wait after this run: not for a tool of an agent. */
	canWait = false;
	/** Until when the execution waits after this run; undefined when it goes on. */
	waitTill?: Date;
	private readonly controller = new AbortController();
	private readonly report = new RunReport();
	private readonly items = new Set<number>();
	private failed = false;
	private index?: number;
	private readonly ownKeys = new Map<string, string>();
	private readonly reads = new Map<string, Promise<unknown>>();

	/**
	 * @param id used in place of the execution's ID where n8n gives none; the same when n8n repeats the node
	 * @param cancelSignal aborts with the execution only: for finding out, after the run has failed, whether an email was sent
	 */
	constructor(
		readonly id: string,
		readonly cancelSignal: AbortSignal = new AbortController().signal,
	) {
		this.signal = this.controller.signal;
		if (cancelSignal.aborted) this.controller.abort();
		cancelSignal.addEventListener('abort', () => this.controller.abort(), { once: true });
	}

	get hasFailed(): boolean {
		return this.failed;
	}

	/** How many items have joined so far. */
	get size(): number {
		return this.items.size;
	}

	has(item: number): boolean {
		return this.items.has(item);
	}

	add(item: number): void {
		this.items.add(item);
	}

	/** n8n's run index of the node: which iteration of a loop this is. */
	runIndex(context: IExecuteSingleFunctions): number {
		// One expression per run, not per item: with the vm engine each costs a crossing into the isolate.
		return (this.index ??= Number(context.evaluateExpression('{{ $runIndex }}', 0)) || 0);
	}

	/** Takes a user's Idempotency Key for one email of this run. False when another, different email has it. */
	claimKey(ownKey: string, email: string): boolean {
		const claimed = this.ownKeys.get(ownKey) ?? email;
		this.ownKeys.set(ownKey, claimed);
		return claimed === email;
	}

	/**
	 * A read whose answer is the same for all items, sent once per run and workspace. Each item judges the result itself, so
	 * that an error names the item that it stops. Not for requests with path parameters or a query.
	 */
	async readOnce(client: TrustPagerClient, request: ApiRequest): Promise<Exchange> {
		const key = `${client.workspaceKey} ${request.path}`;
		return await this.once(key, async () => await client.exchange(request));
	}

	/** What `read` gives, likewise once. @param key names what is read, and the workspace */
	async once<Result>(key: string, read: () => Promise<Result>): Promise<Result> {
		const result = (this.reads.get(key) as Promise<Result> | undefined) ?? read();
		this.reads.set(key, result);
		return await result;
	}

	/** Ends the run with this error, which n8n then shows. */
	fail(error?: NodeError): void {
		this.failed = true;
		if (error) this.report.failWith(error);
		this.controller.abort();
	}

	/** A write of this item was completed: a person has to know when the run fails, since n8n drops its result. */
	completed(item: number): void {
		this.report.completed(item);
	}

	/** It is unknown whether a write of this item was completed; reported with the error the run fails with. */
	ambiguous(item: number): void {
		this.report.ambiguous(item);
	}
}

const nodeRuns = new WeakMap<object, NodeRun>();

/**
 * The run an item belongs to. The engine passes the same execute data to all items of a run, and to its repetition by
 * Retry On Fail too; an item that comes again therefore opens a new run and ends what is left of the one before.
 */
export function joinRun(context: IExecuteSingleFunctions): NodeRun {
	const executeData: unknown = context.getExecuteData();
	const key = typeof executeData === 'object' && executeData !== null ? executeData : {};
	const item = context.getItemIndex();
	let run = nodeRuns.get(key);
	if (!run || run.has(item)) {
		run?.fail();
		run = new NodeRun(run?.id ?? randomUUID(), context.getExecutionCancelSignal());
		nodeRuns.set(key, run);
	}
	run.add(item);
	return run;
}
