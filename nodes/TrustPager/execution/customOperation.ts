import type { IExecuteFunctions, IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Prepare } from './preparedItem';
import { openJob } from './preparedItem';
import { readEngineOptions } from './requestOptions';

/** As long as n8n's event loop may be held without a break: triggers, webhooks and the editor are served in between. */
const LONGEST_HOLD_MS = 20;

/**
 * An operation as one of n8n's `customOperations`: the whole run of the node. All items are read and checked before the
 * first request leaves. n8n's RoutingNode would evaluate every parameter of every item twice more, in one go.
 * @throws the error of the first item that failed, in the order of the items, when the node is to stop
 */
export function everyItem(prepare: Prepare) {
	return async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const breathe = breather();
		const engine = readEngineOptions(this);
		const jobs = [];
		for (const [index, input] of this.getInputData().entries()) {
			jobs.push(openJob(contextOf(this, index, input), prepare));
			await breathe();
			if (this.getExecutionCancelSignal()?.aborted) return [[]];
		}
		const running: Array<Promise<INodeExecutionData[]>> = [];
		let hasFailed = false;
		for (const [index, job] of jobs.entries()) {
			if (index > 0 && index % engine.batchSize === 0) await sleep(engine.batchPauseMs);
			if (hasFailed) break;
			const work = job(engine.options);
			// Handled here at once: an error during a pause would otherwise be one that nobody handles.
			work.catch(() => (hasFailed = true));
			running.push(work);
			await breathe();
		}
		await Promise.allSettled(running);
		return [(await Promise.all(running)).flat()];
	};
}

/** A pause that is only one when the last was long enough ago. */
function breather() {
	let last = Date.now();
	return async (): Promise<void> => {
		if (Date.now() - last < LONGEST_HOLD_MS) return;
		await sleep(0);
		last = Date.now();
	};
}

/** The run's context as the engine would give it to one item. */
function contextOf(
	run: IExecuteFunctions,
	index: number,
	input: INodeExecutionData,
): IExecuteSingleFunctions {
	const single: Pick<
		IExecuteSingleFunctions,
		'getItemIndex' | 'getInputData' | 'getNodeParameter' | 'evaluateExpression' | 'getCredentials'
	> = {
		getItemIndex: () => index,
		getInputData: () => input,
		getNodeParameter: (name: string, fallback?: unknown, options?: object) =>
			run.getNodeParameter(name, index, fallback, options) as never,
		evaluateExpression: (expression, at = index) => run.evaluateExpression(expression, at),
		getCredentials: async (type) => await run.getCredentials(type, index),
	};
	const helpers = {
		assertBinaryData: (name: string) => run.helpers.assertBinaryData(index, name),
	};
	return Object.assign(Object.create(run) as object, single, {
		helpers: Object.assign(Object.create(run.helpers) as object, helpers),
	}) as unknown as IExecuteSingleFunctions;
}
