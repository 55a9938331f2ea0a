import { randomUUID } from 'node:crypto';
import type { IExecuteSingleFunctions } from 'n8n-workflow';

/**
 * What the items of one run of a node share. When one item fails and the node is to stop, the others need not go out:
 * n8n would throw their results away, and a person who runs the workflow again would send their mails twice.
 */
export interface Run {
	/** Stands in for the execution's id where n8n gives none. */
	id: string;
	/** n8n's run index of the node: which round of a loop this is. */
	index(context: IExecuteSingleFunctions): number;
	/** Aborts when the run has failed or the execution was cancelled; ends every wait. */
	signal: AbortSignal;
	hasFailed(): boolean;
	fail(): void;
	/** Idempotency keys that users set, with what they stood for, to catch one key on two different mails. */
	userKeys: Map<string, string>;
}

interface LiveRun extends Run {
	joined: Set<number>;
}

const runs = new WeakMap<object, LiveRun>();

/**
 * The run an item belongs to. The engine hands the same execute data to all items of a run, and to its repetition by
 * Retry On Fail too; an item that comes again therefore opens a new run.
 */
export function joinRun(context: IExecuteSingleFunctions): Run {
	const key: unknown = context.getExecuteData();
	const place = typeof key === 'object' && key !== null ? key : {};
	const item = context.getItemIndex();
	let run = runs.get(place);
	if (!run || run.joined.has(item)) {
		run = openRun(context.getExecutionCancelSignal());
		runs.set(place, run);
	}
	run.joined.add(item);
	return run;
}

function openRun(cancelled?: AbortSignal): LiveRun {
	const controller = new AbortController();
	let failed = false;
	let index: number | undefined;
	if (cancelled?.aborted) controller.abort();
	cancelled?.addEventListener('abort', () => controller.abort(), { once: true });
	return {
		id: randomUUID(),
		// One expression a run, not one an item: with the vm engine each costs a crossing into the isolate.
		index: (context) => (index ??= Number(context.evaluateExpression('{{ $runIndex }}', 0)) || 0),
		signal: controller.signal,
		hasFailed: () => failed,
		fail: () => {
			failed = true;
			controller.abort();
		},
		joined: new Set(),
		userKeys: new Map(),
	};
}
