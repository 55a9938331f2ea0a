import { createHash } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { NodeRun } from '../../execution/nodeRun';
import type { Session } from '../../execution/operation';
import type { Item } from '../../parameters/item';
import { openStore } from '../../transport/processMemory';

/** A short, stable name for a text or a list of texts. */
export function fingerprint(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/**
 * The `Idempotency-Key` of one send. API: the same key within 24 hours returns the cached answer (llms.txt, 2026).
 *
 * The user's own key is sent as it is. Otherwise the key stands for this item of this run of this node: the same when n8n
 * repeats the node (Retry On Fail), another for every item, loop iteration and execution. Calls of an agent are told apart
 * by the email too, because a model may call the same tool many times within one run.
 */
export function idempotencyKey(
	item: Item,
	run: NodeRun,
	ownKey: string,
	email: IDataObject,
): string {
	if (ownKey !== '') return ownKey;
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
	return `n8n-${fingerprint(...parts, node.type.endsWith('Tool') ? email : '')}`;
}

/** The name of a write in the ledger: one key of one execution of one workspace. */
export function ledgerKeyOf({ item, run, client }: Session, key: string): string {
	return [client.workspaceKey, item.context.getExecutionId() ?? run.id, key].join(' ');
}

/** What a user's key stood for first: whose it is, and which email. */
const ownKeys = openStore<{ owner: string; email: string }>('ownKeys');

/**
 * Refuses one key on two different emails of an execution: the server would answer the second with the answer of the
 * first, and the second would never be sent. The same item of the same run, repeated by n8n, is never refused.
 * @throws NodeOperationError that names the parameter
 */
export function checkOwnKey(
	session: Session,
	field: INodeProperties,
	ownKey: string,
	email: IDataObject,
): void {
	if (ownKey === '') return;
	const { item, run } = session;
	const name = ledgerKeyOf(session, ownKey);
	const owner = [item.context.getNode().id, run.runIndex(item.context), item.index].join('/');
	const entry = { owner, email: fingerprint(email) };
	const earlier = ownKeys.get(name);
	if (!earlier) ownKeys.set(name, entry);
	if (!earlier || earlier.owner === owner || earlier.email === entry.email) return;
	throw item.refuse(
		field,
		'is the same as that of another, different email in this execution',
		'Make it different for each email, for example with the ID of the record it is about.',
	);
}

/** Forgets what a user's key stood for: its email was refused, so that the key is free again. */
export function freeOwnKey(session: Session, ownKey: string): void {
	if (ownKey !== '') ownKeys.delete(ledgerKeyOf(session, ownKey));
}
