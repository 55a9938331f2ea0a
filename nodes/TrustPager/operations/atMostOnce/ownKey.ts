import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { NodeRun } from '../../execution/nodeRun';
import type { Session } from '../../execution/operation';
import type { Collection } from '../../parameters/collection';
import type { Item } from '../../parameters/item';
import { openStore } from '../../transport/processMemory';
import { textOf } from '../../values';
import { fingerprint } from './fingerprint';

/** API: the same key returns the cached answer for 24 hours (llms.txt, 2026). */
const HONORED_MS = 24 * 60 * 60_000;
const NEXT = 'Make it different for each email, for example with the ID of the record it is about.';

/** A user's Idempotency Key: which email it stood for first. The server would never send a second, different one. */
interface KeyUse {
	/** Execution, node, run and item. */
	owner: string;
	executionId: string;
	email: string;
	at: number;
	/** The row of the email that was sent with it, if that names the email: a fingerprint. */
	sentAs?: string;
}

const ownKeys = openStore<KeyUse>('ownKeys');

/**
 * The user's own key for an email of this run; '' when there is none. Called while preparing, so that a clash stops the
 * run before its first email is sent.
 * @param email all that makes the email what it is: recipient, content, thread
 * @throws NodeOperationError when a part of the key is missing, or another, different email of the run has it
 */
export function readOwnKey(
	item: Item,
	run: NodeRun,
	options: Collection,
	field: INodeProperties,
	email: IDataObject,
): string {
	const key = options.value(field.name).key();
	if (key === '' || item.isReread || run.claimKey(key, fingerprint(email))) return key;
	throw item.refuse(
		field,
		'is the same as that of another, different email in this execution',
		NEXT,
	);
}

/**
 * Refuses a key that this process has used for a different email within 24 hours, in whichever execution. The same item
 * of the same run, repeated by n8n, is never refused.
 * @throws NodeOperationError that names the parameter
 */
export function checkOwnKey(
	{ item, run, client }: Session,
	field: INodeProperties,
	ownKey: string,
	email: IDataObject,
): void {
	if (ownKey === '') return;
	const { context, index } = item;
	const executionId = context.getExecutionId() ?? run.id;
	const owner = [executionId, context.getNode().id, run.runIndex(context), index].join('/');
	const use = { owner, executionId, email: fingerprint(email), at: Date.now() };
	const storeKey = `${client.workspaceKey} ${ownKey}`;
	const earlier = ownKeys.get(storeKey);
	const isTaken = earlier !== undefined && use.at - earlier.at < HONORED_MS;
	if (!isTaken) ownKeys.set(storeKey, use);
	if (!isTaken || earlier.owner === owner || earlier.email === use.email) return;
	const where = earlier.executionId === executionId ? 'in this execution' : 'within 24 hours';
	throw item.refuse(field, `is the same as that of another, different email ${where}`, NEXT);
}

/**
 * Whether an email that has just been answered as sent had been sent before: the same key got the very same answer, with
 * the ID of an email in it, in an earlier execution of this process. Remembers the answer for later ones.
 */
export function wasSentBefore(
	{ item, run, client }: Session,
	ownKey: string,
	row: IDataObject,
	threadId?: string,
): boolean {
	const use = ownKeys.get(`${client.workspaceKey} ${ownKey}`);
	const ofThread = [undefined, row.thread_id, threadId];
	const ids = [row.message_id, row.log_id, row.email_id, row.id].map(textOf);
	if (!use || ids.every((id) => ofThread.includes(id))) return false;
	const sentAs = fingerprint(row);
	const executionId = item.context.getExecutionId() ?? run.id;
	if (use.executionId !== executionId) return use.sentAs === sentAs;
	use.sentAs = sentAs;
	return false;
}

/** Forgets what a key stood for: its email was refused, so that the key is free again. */
export function freeOwnKey({ client }: Session, ownKey: string): void {
	if (ownKey !== '') ownKeys.delete(`${client.workspaceKey} ${ownKey}`);
}
