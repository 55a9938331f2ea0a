import { randomUUID } from 'node:crypto';
import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isObject } from '../values';
import { RunEnd } from './runReport';
import type { NodeError } from './runReport';

/**
 * What the items of one run of a node share. When one item fails and the node is to stop, the others need not go out:
 * n8n would throw their results away, and a person who runs the workflow again would send their mails twice.
 */
export interface Run {
	/** Stands in for the execution's id where n8n gives none; the same when n8n repeats the node. */
	id: string;
	/** n8n's run index of the node: which round of a loop this is. */
	index(context: IExecuteSingleFunctions): number;
	/** Aborts when the run has failed or the execution was cancelled; ends every wait. */
	signal: AbortSignal;
	/** Aborts with the execution only: for finding out, after the run has failed, what has become of a mail. */
	cancelSignal?: AbortSignal;
	hasFailed(): boolean;
	/** Ends the run with this error, which n8n then shows. */
	fail(error?: NodeError): void;
	/** A write of this item was carried out: a person has to know when the run fails, since n8n drops its result. */
	done(item: number): void;
	/** What became of this item is unknown; told with the error the run fails with. */
	unknown(item: number): void;
	/**
	 * Whether n8n gave up while it still read the parameters of the items, because an expression failed. It has shown
	 * its error by then; what has not left must not leave any more.
	 */
	isAbandoned(context: IExecuteSingleFunctions): Promise<boolean>;
}

interface LiveRun extends Run {
	joined: Set<number>;
}

/** n8n hands out the items without a pause between; a second without a new one means that no more will come. */
const LAST_ITEM_MS = 1_000;

const runs = new WeakMap<object, LiveRun>();

/**
 * The run an item belongs to. The engine hands the same execute data to all items of a run, and to its repetition by
 * Retry On Fail too; an item that comes again therefore opens a new run and ends what is left of the one before.
 */
export function joinRun(context: IExecuteSingleFunctions): Run {
	const key: unknown = context.getExecuteData();
	const place = typeof key === 'object' && key !== null ? key : {};
	const item = context.getItemIndex();
	let run = runs.get(place);
	if (!run || run.joined.has(item)) {
		run?.fail();
		run = openRun(context.getExecutionCancelSignal(), run?.id);
		runs.set(place, run);
	}
	run.joined.add(item);
	return run;
}

function openRun(cancelSignal?: AbortSignal, id: string = randomUUID()): LiveRun {
	const controller = new AbortController();
	const end = new RunEnd();
	const joined = new Set<number>();
	let failed = false;
	let index: number | undefined;
	if (cancelSignal?.aborted) controller.abort();
	cancelSignal?.addEventListener('abort', () => controller.abort(), { once: true });
	const fail = (error?: NodeError) => {
		failed = true;
		if (error) end.with(error);
		controller.abort();
	};
	return {
		id,
		// One expression a run, not one an item: with the vm engine each costs a crossing into the isolate.
		index: (context) => (index ??= Number(context.evaluateExpression('{{ $runIndex }}', 0)) || 0),
		signal: controller.signal,
		cancelSignal,
		hasFailed: () => failed,
		fail,
		done: (item) => end.done(item),
		unknown: (item) => end.unknown(item),
		isAbandoned: async (context) => {
			const expected = expectedItems(context);
			let seen = -1;
			while (joined.size < expected && joined.size !== seen) {
				seen = joined.size;
				await sleep(LAST_ITEM_MS);
			}
			if (joined.size < expected) fail();
			return failed;
		},
		joined,
	};
}

/** How many items the engine will start at once; 0 where that cannot be told. */
function expectedItems(context: IExecuteSingleFunctions): number {
	const options: unknown = context.getNodeParameter('requestOptions', {});
	const batching = isObject(options) && options.batching !== undefined;
	// With batching n8n pauses between items; on Continue an item that cannot be read does not stop the others.
	if (batching || context.continueOnFail()) return 0;
	const input = 'inputData' in context && isObject(context.inputData) ? context.inputData.main : [];
	const items: unknown = Array.isArray(input) ? input[0] : undefined;
	return Array.isArray(items) ? items.length : 0;
}
