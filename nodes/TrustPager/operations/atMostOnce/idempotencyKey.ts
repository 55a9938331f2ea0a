import { createHash } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import type { Session } from '../../execution/preparedItem';
import { Recent } from '../../transport/processMemory';
import type { Run } from '../../execution/nodeRun';

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

/** The name under which this process remembers a write: one key of one execution. */
export function memoryName({ item, run, connection }: Session, key: string): string {
	return [connection.keyId, item.context.getExecutionId() ?? run.id, key].join(' ');
}

/** What a user's key stood for first: whose it is, and which mail. */
const meanings = new Recent<{ place: string; print: string }>(20_000);

/**
 * Refuses one key on two different mails of an execution: the server would answer the second with the answer of the
 * first, and the second would never leave. The same item of the same run, repeated by n8n, is never refused.
 */
export function checkOwnKey(
	session: Session,
	field: INodeProperties,
	own: string,
	mail: IDataObject,
) {
	if (own === '') return;
	const { item, run } = session;
	const name = memoryName(session, own);
	const place = [item.context.getNode().id, run.index(item.context), item.index].join('/');
	const print = fingerprint(mail);
	const earlier = meanings.get(name);
	if (!earlier) meanings.set(name, { place, print });
	if (!earlier || earlier.place === place || earlier.print === print) return;
	throw item.refuse(
		field,
		'is the same as that of another, different email in this execution',
		'Make it different for each email, for example with the ID of the record it is about.',
	);
}

/** Forgets what a user's key stood for: its mail was refused, so that the key is free again. */
export function freeOwnKey(session: Session, own: string): void {
	if (own !== '') meanings.delete(memoryName(session, own));
}
