import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { Item } from '../shared/item';
import { call, requireScope } from './call';
import type { Connection } from './connection';
import { openConnection } from './connection';
import { apiError, leavesUnknown } from './errors';
import type { Run } from './run';
import { joinRun } from './run';
import type { ApiAnswer, ApiRequest } from './types';

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

/**
 * The one way an operation runs. The engine calls it once an item, for all items at the same time, as the operation's
 * `pagination` function; it gives items with their links, or throws, or gives the error item that n8n routes by its keys.
 */
export function executor(prepare: Prepare) {
	return async function execute(
		this: IExecutePaginationFunctions,
		settings: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		const item = new Item(this);
		const run = joinRun(this);
		const pairedItem = { item: item.index };
		let secrets: string[] = [];
		try {
			const work = prepare(item);
			const connection = await openConnection(this);
			secrets = connection.secrets;
			if (run.hasFailed() || (await run.isAbandoned(this))) return [];
			const rows = await work(openSession(item, run, connection, settings));
			return rows.map((json) => ({ json, pairedItem }));
		} catch (error) {
			if (run.hasFailed()) {
				if (leavesUnknown(error)) run.unknown(item.index);
				return [];
			}
			const shown = asNodeError(error, this, item.index, secrets);
			if (this.continueOnFail() || isTool(this)) {
				// Exactly these keys: with any other one n8n 2.0 sends the item to the wrong output.
				return [{ json: { error: shown.message, message: shown.description ?? '' }, pairedItem }];
			}
			run.fail(shown);
			throw shown;
		}
	};
}

/**
 * Whether an AI agent runs the node as its tool. n8n 2.41 hides the text of a tool that throws from the model, or shows
 * the title alone; as an item the model reads it whole, next step included. 'Stop Workflow', chosen by hand, still throws.
 */
function isTool(context: IExecutePaginationFunctions): boolean {
	const { type, onError } = context.getNode();
	return type.endsWith('Tool') && onError !== 'stopWorkflow';
}

function openSession(
	item: Item,
	run: Run,
	connection: Connection,
	settings: DeclarativeRestApiSettings.ResultOptions,
): Session {
	const { proxy, timeout, skipSslCertificateValidation, allowedDomains } = settings.options;
	const engineOptions = {
		proxy,
		timeout,
		skipSslCertificateValidation: skipSslCertificateValidation === true,
		allowedDomains,
	};
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
	context: IExecutePaginationFunctions,
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
