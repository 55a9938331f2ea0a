import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isToolCall } from '../parameters/entered';
import { Item } from '../parameters/item';
import { TrustPagerClient } from '../transport/client';
import type { ErrorTexts } from '../transport/errors';
import { apiError, isAmbiguousError } from '../transport/errors';
import type { HttpOptions } from '../transport/types';
import { findContact } from './findContacts';
import type { NodeRun } from './nodeRun';
import type { Prepare, Task } from './operation';

/** One item, read and checked; nothing has been sent yet. Started with n8n's own request options. */
export type PreparedItem = (httpOptions: HttpOptions) => Promise<INodeExecutionData[]>;

/**
 * Reads and checks one item. The prepared item returns output items with their links, or throws, or returns the error
 * item that n8n routes by its keys. In mode stop a bad item ends the run here, before any item has been started.
 */
export function prepareItem(
	context: IExecuteSingleFunctions,
	prepare: Prepare,
	run: NodeRun,
): PreparedItem {
	let item = new Item(context);
	const pairedItem = { item: item.index };
	let task: Task;
	try {
		task = prepare(item, run);
	} catch (error) {
		const fail = failureOf(item, run, error);
		return async () => fail();
	}
	return async (httpOptions) => {
		let client: TrustPagerClient | undefined;
		try {
			client = await TrustPagerClient.open(context, {
				httpOptions,
				signal: run.signal,
				usage: run.hints.usage,
				credentials: run.credentials,
			});
			if (run.hasFailed) return [];
			if (item.wantedContacts.size > 0) {
				item = new Item(context, await contactsOf(item, run, client));
				task = prepare(item, run);
			}
			const rows = await task({ item, run, client });
			run.hints.addFrom(item, rows);
			// A model sees no hints, only the items.
			const notice = item.isToolCall &&
				item.notes.size > 0 && { notice: [...item.notes].join(' ') };
			return [...rows, ...(notice ? [notice] : [])].map((json) => ({ json, pairedItem }));
		} catch (error) {
			return failureOf(item, run, error, client)();
		}
	};
}

/** IDs of the contacts that the item's parameters name by email address: the item is read again with them. */
async function contactsOf(
	{ wantedContacts }: Item,
	run: NodeRun,
	client: TrustPagerClient,
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const [key, contact] of wantedContacts) {
		ids.set(key, await findContact(client, contact, { run }));
	}
	return ids;
}

/** What becomes of an item after an error; in mode stop the first error is thrown and ends the run. */
function failureOf(
	{ context, index }: Item,
	run: NodeRun,
	error: unknown,
	client?: TrustPagerClient,
): () => INodeExecutionData[] {
	if (run.hasFailed) {
		if (isAmbiguousError(error)) run.ambiguous(index);
		return () => [];
	}
	const shown = asNodeError(error, context, client);
	if (context.continueOnFail() || isToolThatContinues(context)) {
		run.hints.addFailure();
		// This key and no other: more would overwrite the item's own fields, or send it to the wrong output before n8n 2.41.
		const json = { error: sentencesOf(shown.message, shown.description) };
		return () => [{ json, pairedItem: { item: index } }];
	}
	run.fail(shown);
	return () => {
		throw shown;
	};
}

/** `title. description`, whether or not the title, which may be the API's own, ends with a period. */
function sentencesOf(title: string, description?: string | null): string {
	if (!description) return title;
	return `${title}${/[.!?…]$/.test(title) ? '' : '.'} ${description}`;
}

/**
 * Whether errors go to an AI agent that runs the node as its tool. n8n 2.41 hides the text of a tool that throws from the
 * model, or shows the title alone; as an item the model reads it whole, next step included. 'Stop Workflow', set by hand,
 * still throws.
 */
function isToolThatContinues(context: IExecuteSingleFunctions): boolean {
	return isToolCall(context) && context.getNode().onError !== 'stopWorkflow';
}

/** Anything but n8n's own errors is a defect or the engine's; it is shown without whatever it may carry along. */
function asNodeError(
	error: unknown,
	context: IExecuteSingleFunctions,
	client?: TrustPagerClient,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const node = context.getNode();
	const itemIndex = context.getItemIndex();
	if (error instanceof Error && error.name === 'ExpressionError') {
		return new NodeOperationError(node, error, { itemIndex });
	}
	const texts: ErrorTexts = {
		title: 'The operation ended unexpectedly',
		description: error instanceof Error ? error.message : String(error),
	};
	return client?.error(texts) ?? apiError({ node, itemIndex, secrets: [] }, texts);
}
