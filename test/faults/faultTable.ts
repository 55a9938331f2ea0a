import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import type { ErrorMode } from './outcomeOf';
import { ERROR_MODES } from './outcomeOf';

/**
 * The fault table as data: how a fault affects a read, an idempotent write, a send and a reply, with n8n's Retry On Fail
 * off and on, for each On Error setting. Run on the engine (faultTable.test.ts, hang.test.ts) and in a booted n8n
 * (test/e2e/faultTable.test.ts).
 */

/** The most requests that one run of the node makes for an operation that may be repeated. */
const TRIES = 4;

/** How often n8n runs a node with Retry On Fail. */
export const N8N_TRIES = 3;

/** How often the node searches the send log before it reports an outcome as unknown. */
const LOG_SEARCHES = 3;

/** The kind of a fault decides what is expected of the node. */
type Kind =
	/** The server did nothing and says so: always tried again. */
	| 'rateLimited'
	/** The request may have been completed: reads and idempotent writes are repeated, sends are searched in the log. */
	| 'ambiguous'
	/** A success that cannot be read: not repeated, sends are searched in the log. */
	| 'unreadable'
	/** The server has refused. */
	| 'refused'
	/** The server has queued the request for approval. */
	| 'queued'
	/** The request succeeds. */
	| 'harmless';

/** A fault, and the operations it applies to. */
export interface FaultCase {
	name: string;
	kind: Kind;
	fault: Omit<Fault, 'path' | 'times' | 'effect'>;
	/** Default: all. */
	operations?: readonly OperationName[];
}

const OPERATIONS = ['read', 'idempotent write', 'send', 'reply'] as const;
export type OperationName = (typeof OPERATIONS)[number];
const MAILS = ['send', 'reply'] as const;

const APPROVAL = { success: true, approval_id: '7d1ea9a4-26f4-4c0b-9d6b-3c1a35a5d6f1' };

export const FAULT_CASES: FaultCase[] = [
	{ name: '429', kind: 'rateLimited', fault: { kind: 'status', status: 429 } },
	{ name: '500', kind: 'ambiguous', fault: { kind: 'status', status: 500 } },
	{ name: '502 as an HTML page', kind: 'ambiguous', fault: { kind: 'html', status: 502 } },
	{ name: '503', kind: 'ambiguous', fault: { kind: 'status', status: 503 } },
	{ name: 'reset before headers', kind: 'ambiguous', fault: { kind: 'resetBeforeHeaders' } },
	{ name: 'reset mid-body', kind: 'ambiguous', fault: { kind: 'resetMidBody' } },
	{ name: 'hang', kind: 'ambiguous', fault: { kind: 'hang' } },
	{ name: 'malformed', kind: 'unreadable', fault: { kind: 'malformed', status: 200 } },
	{ name: 'slow', kind: 'harmless', fault: { kind: 'delay', delayMs: 20 } },
	{ name: '422', kind: 'refused', fault: { kind: 'status', status: 422 } },
	{
		name: '202',
		kind: 'queued',
		fault: { kind: 'body', status: 202, body: APPROVAL },
		operations: MAILS,
	},
];

/** One cell of the table. */
export interface Cell extends FaultCase {
	operation: OperationName;
	effect: 'before' | 'after';
	duration: 'once' | 'always';
	retryOnFail: boolean;
	mode: ErrorMode;
}

/** The expected result of a cell. */
export interface Expected {
	mails: number;
	/** Requests to the operation's own path; undefined where only time limits their number. */
	requests: number | undefined;
	logSearches: number;
	outcome: string;
}

const isMail = (operation: OperationName) => operation === 'send' || operation === 'reply';

/** The node's parameters for a cell's operation. */
export function parametersOf(
	operation: OperationName,
	{ threadId: id, to }: { threadId: string; to: string },
): IDataObject {
	const threadId = { __rl: true, mode: 'id', value: id };
	const thread = { resource: 'thread', threadId };
	const email = { resource: 'email', toEmail: to };
	return {
		read: { ...thread, operation: 'get' },
		'idempotent write': { ...thread, operation: 'update', updateFields: { isRead: true } },
		send: { ...email, operation: 'send', subject: 'Your quote', htmlBody: '<p>Hello</p>' },
		reply: { ...email, operation: 'reply', threadId, replyHtml: '<p>Yes</p>' },
	}[operation];
}

/** The path of the operation's own request. */
export function pathOf(operation: OperationName, threadId: string): string {
	if (operation === 'send') return '/email/send';
	return operation === 'reply' ? '/email/reply' : `/email/threads/${threadId}`;
}

/** The rules, stated independently of the implementation. */
export function expectedOf({ operation, kind, effect, duration, retryOnFail }: Cell): Expected {
	const runs = retryOnFail ? N8N_TRIES : 1;
	const mail = isMail(operation);
	const success = mail ? 'sent' : 'done';
	const mails = mail ? 1 : 0;
	if (kind === 'harmless') return { mails, requests: 1, logSearches: 0, outcome: success };
	if (kind === 'queued')
		return { mails: 0, requests: 1, logSearches: 0, outcome: 'queuedForApproval' };
	if (kind === 'rateLimited') {
		if (duration === 'once') return { mails, requests: 2, logSearches: 0, outcome: success };
		return { mails: 0, requests: undefined, logSearches: 0, outcome: 'failed' };
	}
	if (kind === 'refused') {
		if (duration === 'once' && retryOnFail)
			return { mails, requests: 2, logSearches: 0, outcome: success };
		return { mails: 0, requests: runs, logSearches: 0, outcome: 'failed' };
	}
	if (mail) {
		// However often n8n repeats the node and however long the fault lasts: one request, then only log searches.
		if (effect === 'after') return { mails: 1, requests: 1, logSearches: 1, outcome: 'sent' };
		return { mails: 0, requests: 1, logSearches: LOG_SEARCHES * runs, outcome: 'unknown' };
	}
	const perRun = kind === 'ambiguous' ? TRIES : 1;
	if (duration === 'always')
		return { mails: 0, requests: perRun * runs, logSearches: 0, outcome: 'failed' };
	if (kind === 'ambiguous') return { mails: 0, requests: 2, logSearches: 0, outcome: success };
	const outcome = retryOnFail ? success : 'failed';
	return { mails: 0, requests: retryOnFail ? 2 : 1, logSearches: 0, outcome };
}

/** Whether n8n stops the workflow at the node. */
export function stopsWorkflow({ mode }: Cell, { outcome }: Expected): boolean {
	return mode === 'stopWorkflow' && ['failed', 'unknown'].includes(outcome);
}

/** All cells of a fault case. */
export function cellsOf(faultCase: FaultCase): Cell[] {
	const mayBeDone = faultCase.kind === 'ambiguous' || faultCase.kind === 'unreadable';
	const effects = mayBeDone ? (['before', 'after'] as const) : (['before'] as const);
	const cells: Cell[] = [];
	for (const operation of faultCase.operations ?? OPERATIONS)
		for (const effect of operation === 'read' ? (['before'] as const) : effects)
			for (const duration of ['once', 'always'] as const)
				for (const retryOnFail of [false, true])
					for (const mode of ERROR_MODES)
						cells.push({ ...faultCase, operation, effect, duration, retryOnFail, mode });
	return cells;
}

/** A cell's name within its fault case. */
export function nameOf({ operation, effect, duration, retryOnFail, mode }: Cell): string {
	return `${operation}, ${effect} its effect, ${duration}, retry ${retryOnFail ? 'on' : 'off'}, ${mode}`;
}
