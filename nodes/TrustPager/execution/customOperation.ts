import type {
	IExecuteFunctions,
	IExecuteSingleFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isGate, isToolCall } from '../parameters/entered';
import { readConstantsOnce } from './constantParameters';
import type { NodeRun } from './nodeRun';
import { joinRun } from './nodeRun';
import type { Prepare } from './operation';
import { prepareItem } from './preparedItem';
import { readRequestOptions } from './requestOptions';

/** How long n8n's event loop may be held: triggers, webhooks and the editor are served in between. */
const MAX_HOLD_MS = 20;

/**
 * An operation as one of n8n's `customOperations`: the whole run of the node. All items are read and checked before the
 * first request is sent. n8n's RoutingNode would evaluate every parameter of every item twice more, without a pause.
 * @throws the error of the first item that failed, in the order of the items, when the node is to stop
 */
export function customOperation(prepare: Prepare) {
	return async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const yieldToEventLoop = eventLoopYielder();
		const request = readRequestOptions(this);
		const prepared = [];
		let run: NodeRun | undefined;
		const node = this.getNode();
		const read = readConstantsOnce(this, node);
		const canWait = canPutToWait(this);
		for (const [index, input] of this.getInputData().entries()) {
			const context = contextOf(this, { node, read }, index, input);
			run = joinRun(context);
			run.canWait = canWait;
			prepared.push(prepareItem(context, prepare, run));
			await yieldToEventLoop();
			if (this.getExecutionCancelSignal()?.aborted) return [[]];
		}
		const running: Array<Promise<INodeExecutionData[]>> = [];
		let hasFailed = false;
		for (const [index, start] of prepared.entries()) {
			if (index > 0 && index % request.batchSize === 0) await sleep(request.batchPauseMs);
			if (hasFailed) break;
			const result = start(request.httpOptions);
			// Handled here at once: during a pause it would be an unhandled rejection.
			result.catch(() => (hasFailed = true));
			running.push(result);
			await yieldToEventLoop();
		}
		await Promise.allSettled(running);
		run?.hints.show(this);
		const items = (await Promise.all(running)).flat();
		if (run?.waitTill) await this.putExecutionToWait(run.waitTill);
		return [items];
	};
}

/** n8n resumes a node, and the gate in front of a tool, but no tool itself. */
function canPutToWait(context: IExecuteFunctions): boolean {
	return !isToolCall(context) || isGate(context.getNode());
}

/** Yields to the event loop, at most every 20 ms. */
function eventLoopYielder() {
	let last = Date.now();
	return async (): Promise<void> => {
		if (Date.now() - last < MAX_HOLD_MS) return;
		await nextTurn();
		last = Date.now();
	};
}

/** Resolves when the event loop has turned once. n8n's `sleep` takes a millisecond and more, which adds up. */
async function nextTurn(): Promise<void> {
	await new Promise<void>((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.addEventListener('message', () => {
			port1.close();
			resolve();
		});
		port2.postMessage(undefined);
	});
}

/**
 * The run's context as the engine would give it to one item.
 * @param shared the node, which n8n would copy for each item, and what reads its parameters
 */
function contextOf(
	run: IExecuteFunctions,
	shared: { node: INode; read: IExecuteFunctions['getNodeParameter'] },
	index: number,
	input: INodeExecutionData,
): IExecuteSingleFunctions {
	const single: Pick<
		IExecuteSingleFunctions,
		| 'getNode'
		| 'getItemIndex'
		| 'getInputData'
		| 'getNodeParameter'
		| 'evaluateExpression'
		| 'getCredentials'
	> = {
		getNode: () => shared.node,
		getItemIndex: () => index,
		getInputData: () => input,
		getNodeParameter: (name: string, fallback?: unknown, options?: object) =>
			shared.read(name, index, fallback, options) as never,
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
