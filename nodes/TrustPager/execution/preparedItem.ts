import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { Item } from '../parameters/item';
import { call, requireScope } from '../transport/client';
import type { Connection } from '../transport/credential';
import { openConnection } from '../transport/credential';
import { apiError, leavesUnknown } from '../transport/errors';
import type { Run } from './nodeRun';
import { joinRun } from './nodeRun';
import type { ApiAnswer, ApiRequest, EngineOptions } from '../transport/types';

/** What an operation has while it talks to the API on behalf of one item. */
export interface Session {
	item: Item;
	run: Run;
	connection: Connection;
	/** The request with what n8n and the run add to it: time-out, proxy, the signal that ends waits. */
	complete(request: ApiRequest): ApiRequest;
	/** One request; throws a NodeApiError with the API's words for whatever is no success. */
	call(request: ApiRequest): Promise<ApiAnswer>;
	requireScope(scope: ApiRequest['scope']): void;
}

/** Talks to the API and gives the rows of the output. */
export type Work = (session: Session) => Promise<IDataObject[]>;

/**
 * Reads and checks the parameters of one item and says what is to be done. Runs for all items before the first
 * request leaves, so that bad input in the last item still stops the first mail.
 */
export type Prepare = (item: Item) => Work;

/** What one item has to do, read and checked; nothing has left yet. Started with n8n's own request options. */
export type Job = (engineOptions: EngineOptions) => Promise<INodeExecutionData[]>;

/**
 * Reads and checks one item, and gives its work. The work gives items with their links, or throws, or gives the error
 * item that n8n routes by its keys. In mode stop a bad item ends the run here, before any work has begun.
 */
export function openJob(context: IExecuteSingleFunctions, prepare: Prepare): Job {
	const item = new Item(context);
	const run = joinRun(context);
	const pairedItem = { item: item.index };

	/** What becomes of the item after an error; in mode stop the first error is thrown and ends the run. */
	const endWith = (error: unknown, secrets: string[] = []): (() => INodeExecutionData[]) => {
		if (run.hasFailed()) {
			if (leavesUnknown(error)) run.unknown(item.index);
			return () => [];
		}
		const shown = asNodeError(error, context, item.index, secrets);
		if (context.continueOnFail() || isTool(context)) {
			// Exactly these keys, and both with words: else n8n before 2.41 sends the item to the wrong output.
			const json = { error: shown.message, message: shown.description || shown.message };
			return () => [{ json, pairedItem }];
		}
		run.fail(shown);
		return () => {
			throw shown;
		};
	};

	let work: Work;
	try {
		work = prepare(item);
	} catch (error) {
		const end = endWith(error);
		return async () => end();
	}
	return async (engineOptions) => {
		let secrets: string[] = [];
		try {
			const connection = await openConnection(context);
			secrets = connection.secrets;
			if (run.hasFailed() || (await run.isAbandoned(context))) return [];
			const rows = await work(openSession(item, run, connection, engineOptions));
			return rows.map((json) => ({ json, pairedItem }));
		} catch (error) {
			return endWith(error, secrets)();
		}
	};
}

/**
 * An operation as the `pagination` function of n8n's RoutingNode, which calls it once an item, for all items at the same
 * time. n8n takes this way where it does not know `customOperations`: for a node that runs as the tool of an AI agent.
 */
export function executor(prepare: Prepare) {
	return async function execute(
		this: IExecutePaginationFunctions,
		{ options: { proxy, timeout, ...options } }: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const skipSslCertificateValidation = options.skipSslCertificateValidation === true;
		return await openJob(this, prepare)({ proxy, timeout, skipSslCertificateValidation });
	};
}

/**
 * Whether an AI agent runs the node as its tool. n8n 2.41 hides the text of a tool that throws from the model, or shows
 * the title alone; as an item the model reads it whole, next step included. 'Stop Workflow', chosen by hand, still throws.
 */
function isTool(context: IExecuteSingleFunctions): boolean {
	const { type, onError } = context.getNode();
	return type.endsWith('Tool') && onError !== 'stopWorkflow';
}

function openSession(
	item: Item,
	run: Run,
	connection: Connection,
	engineOptions: EngineOptions,
): Session {
	const complete = (request: ApiRequest): ApiRequest => ({
		engineOptions,
		signal: run.signal,
		...request,
	});
	return {
		item,
		run,
		connection,
		complete,
		call: async (request) => await call(item.context, complete(request), connection),
		requireScope: (scope) => scope && requireScope(item.context, connection, scope),
	};
}

/** Anything else than n8n's own errors is a defect or the engine's; it is shown without what it may carry along. */
function asNodeError(
	error: unknown,
	context: IExecuteSingleFunctions,
	itemIndex: number,
	secrets: string[],
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof Error && error.name === 'ExpressionError') {
		return new NodeOperationError(context.getNode(), error, { itemIndex });
	}
	return apiError(
		{ node: context.getNode(), secrets, itemIndex },
		{
			title: 'The operation ended unexpectedly',
			description: error instanceof Error ? error.message : String(error),
		},
	);
}
