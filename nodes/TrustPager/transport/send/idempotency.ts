import { createHash } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/item';
import type { Run } from '../run';

/** A short, stable name for a text or a list of texts. */
export function fingerprint(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/**
 * The `Idempotency-Key` of one send. API: same key within 24 hours gives the cached answer (llms.txt, 2026).
 *
 * The user's own key goes as it is. Otherwise it stands for this item of this run of this node: the same when n8n repeats
 * the node (Retry On Fail), another for every item, loop round and execution. An agent's calls are told apart by the mail
 * too, because a model may call the same tool many times within one run.
 */
export function idempotencyKey(item: Item, run: Run, own: string, mail: IDataObject): string {
	if (own !== '') return own;
	const { context } = item;
	const node = context.getNode();
	const parts = [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId() ?? run.id,
		node.id,
		run.index(context),
		item.index,
	];
	return `n8n-${fingerprint(...parts, node.type.endsWith('Tool') ? mail : '')}`;
}

/**
 * Refuses one key on two different mails of a run: the server would answer the second with the answer of the first, and
 * the second would never leave.
 */
export function checkOwnKey(
	item: Item,
	run: Run,
	field: INodeProperties,
	own: string,
	mail: IDataObject,
): void {
	if (own === '') return;
	const print = fingerprint(mail);
	const earlier = run.userKeys.get(own);
	run.userKeys.set(own, print);
	if (earlier === undefined || earlier === print) return;
	throw item.refuse(
		field,
		'is the same as that of another, different email in this run',
		'Make it different for each email, for example with the ID of the record it is about.',
	);
}
