import type { IDataObject } from 'n8n-workflow';

import type { NodeRun } from '../../execution/nodeRun';
import type { Session } from '../../execution/operation';
import { isGate } from '../../parameters/entered';
import type { Item } from '../../parameters/item';
import { fingerprint } from './fingerprint';

/** What a header carries unchanged; the HTTP library strips other characters, so that different keys become one. */
const HEADER_SAFE = /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/**
 * The `Idempotency-Key` of one send. API: the same key within 24 hours returns the cached answer (llms.txt, 2026).
 *
 * The user's own key is sent as it is, or as its fingerprint when it has over 200 characters or others than ASCII.
 * Otherwise the key stands for this item of this run of this node: the same when n8n repeats the node (Retry On Fail),
 * another for every item, loop iteration and execution. Calls of an agent differ by the email too, because a model may
 * call the same tool many times within one run; a gate in front of tools has a run for each call.
 */
export function idempotencyKey(
	item: Item,
	run: NodeRun,
	ownKey: string,
	email: IDataObject,
): string {
	if (ownKey !== '') return HEADER_SAFE.test(ownKey) ? ownKey : `n8n-key-${fingerprint(ownKey)}`;
	const { context } = item;
	const node = context.getNode();
	const parts = [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId() ?? run.id,
		node.id,
		run.runIndex(context),
		item.index,
	];
	return `n8n-${fingerprint(...parts, item.isToolCall && !isGate(node) ? email : '')}`;
}

/** The name of a write in the ledger: one key of one execution of one workspace. */
export function ledgerKeyOf({ item, run, client }: Session, key: string): string {
	return [client.workspaceKey, item.context.getExecutionId() ?? run.id, key].join(' ');
}
