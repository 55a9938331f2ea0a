import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isObject } from '../values';
import type { NodeRun } from './nodeRun';
import { joinRun } from './nodeRun';
import type { Prepare } from './operation';
import { prepareItem } from './preparedItem';

/**
 * An operation as the `pagination` function of n8n's RoutingNode, which calls it once per item, for all items at the same
 * time. n8n takes this door where it does not look at `customOperations`: for a node that runs as the tool of an AI agent,
 * one item per call, and for a workflow whose 'Resource' or 'Operation' was saved as an expression.
 */
export function paginationFunction(prepare: Prepare) {
	return async function execute(
		this: IExecutePaginationFunctions,
		{ options: { proxy, timeout, ...options } }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const run = joinRun(this);
		const start = prepareItem(this, prepare, run);
		await failIfAbandoned(this, run);
		const skipSslCertificateValidation = options.skipSslCertificateValidation === true;
		return await start({ proxy, timeout, skipSslCertificateValidation });
	};
}

/** The engine starts items without a pause in between; a second without a new one means that no more will come. */
const LAST_ITEM_MS = 1_000;

/**
 * Ends a run that n8n gave up while it still read the parameters of the items, because an expression failed. It has shown
 * its error by then; what has not been sent must not be sent any more.
 */
async function failIfAbandoned(context: IExecuteSingleFunctions, run: NodeRun): Promise<void> {
	const expected = expectedItems(context);
	if (expected <= 1) return;
	// Everyone waits, so that the items are sent in their order.
	await sleep(0);
	let seen = -1;
	while (run.size < expected && run.size !== seen) {
		seen = run.size;
		await sleep(LAST_ITEM_MS);
	}
	if (run.size < expected) run.fail();
}

/** How many items the engine will start at once; 0 where that is not known. */
function expectedItems(context: IExecuteSingleFunctions): number {
	const options: unknown = context.getNodeParameter('requestOptions', {});
	const hasBatching = isObject(options) && options.batching !== undefined;
	// With batching n8n pauses between items; on Continue an item that cannot be read does not stop the others.
	if (hasBatching || context.continueOnFail()) return 0;
	const input = 'inputData' in context && isObject(context.inputData) ? context.inputData.main : [];
	const items: unknown = Array.isArray(input) ? input[0] : undefined;
	return Array.isArray(items) ? items.length : 0;
}
