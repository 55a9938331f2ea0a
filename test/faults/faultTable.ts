import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import type { Mode } from './outcomeOf';
import { MODES } from './outcomeOf';

/**
 * The fault table as data: what a fault does to a read, a repeatable write, a send and a reply, with n8n's Retry On Fail
 * off and on, in each error mode. Run on the engine (table.test.ts) and in a booted n8n (test/e2e/fire-table.test.ts).
 */

/** Requests the node makes, at most, for something that may be repeated. */
const TRIES = 4;

/** How often n8n runs a node with Retry On Fail. */
export const N8N_TRIES = 3;

/** How often the node looks in the send log before it calls an outcome unknown. */
const LOOKS = 3;

/** What kind of trouble a fault is: it decides everything that follows. */
type Kind =
	/** The server did nothing and says so: always tried again. */
	| 'limited'
	/** Nobody knows: repeatable requests are, sends are looked up. */
	| 'open'
	/** A success nobody can read: not repeated, sends are looked up. */
	| 'unreadable'
	/** The server has refused. */
	| 'refused'
	/** The server has put it before people. */
	| 'queued'
	/** No trouble in the end. */
	| 'fine';

/** A fault, and where it makes sense. */
export interface Trouble {
	name: string;
	kind: Kind;
	fault: Omit<Fault, 'path' | 'times' | 'effect'>;
	/** Default: all. */
	operations?: readonly OperationName[];
}

const OPERATIONS = ['read', 'repeatable write', 'send', 'reply'] as const;
export type OperationName = (typeof OPERATIONS)[number];
const MAILS = ['send', 'reply'] as const;

const APPROVAL = { success: true, approval_id: '7d1ea9a4-26f4-4c0b-9d6b-3c1a35a5d6f1' };

export const TROUBLES: Trouble[] = [
	{ name: '429', kind: 'limited', fault: { kind: 'status', status: 429 } },
	{ name: '500', kind: 'open', fault: { kind: 'status', status: 500 } },
	{ name: '502 as a page', kind: 'open', fault: { kind: 'html', status: 502 } },
	{ name: '503', kind: 'open', fault: { kind: 'status', status: 503 } },
	{ name: 'reset before headers', kind: 'open', fault: { kind: 'resetBeforeHeaders' } },
	{ name: 'reset mid-body', kind: 'open', fault: { kind: 'resetMidBody' } },
	{ name: 'hang', kind: 'open', fault: { kind: 'hang' } },
	{ name: 'malformed', kind: 'unreadable', fault: { kind: 'malformed', status: 200 } },
	{ name: 'slow', kind: 'fine', fault: { kind: 'delay', delayMs: 20 } },
	{ name: '422', kind: 'refused', fault: { kind: 'status', status: 422 } },
	{
		name: '202',
		kind: 'queued',
		fault: { kind: 'body', status: 202, body: APPROVAL },
		operations: MAILS,
	},
];

/** One cell of the table. */
export interface Cell extends Trouble {
	operation: OperationName;
	effect: 'before' | 'after';
	lasts: 'once' | 'always';
	retryOnFail: boolean;
	mode: Mode;
}

/** What a cell has to come to. */
export interface Expected {
	mails: number;
	/** Requests to the operation's own path; undefined where their number is bounded by time only. */
	requests: number | undefined;
	looks: number;
	told: string;
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
		'repeatable write': { ...thread, operation: 'update', updateFields: { isRead: true } },
		send: { ...email, operation: 'send', subject: 'Your quote', htmlBody: '<p>Hello</p>' },
		reply: { ...email, operation: 'reply', threadId, replyHtml: '<p>Yes</p>' },
	}[operation];
}

/** Where the operation's own request goes. */
export function pathOf(operation: OperationName, threadId: string): string {
	if (operation === 'send') return '/email/send';
	return operation === 'reply' ? '/email/reply' : `/email/threads/${threadId}`;
}

/** The rules, written down once more without looking at how they are built. */
export function expectedOf({ operation, kind, effect, lasts, retryOnFail }: Cell): Expected {
	const runs = retryOnFail ? N8N_TRIES : 1;
	const mail = isMail(operation);
	const fine = mail ? 'sent' : 'done';
	const mails = mail ? 1 : 0;
	if (kind === 'fine') return { mails, requests: 1, looks: 0, told: fine };
	if (kind === 'queued') return { mails: 0, requests: 1, looks: 0, told: 'queuedForApproval' };
	if (kind === 'limited') {
		if (lasts === 'once') return { mails, requests: 2, looks: 0, told: fine };
		return { mails: 0, requests: undefined, looks: 0, told: 'failed' };
	}
	if (kind === 'refused') {
		const saved = lasts === 'once' && retryOnFail;
		if (saved) return { mails, requests: 2, looks: 0, told: fine };
		return { mails: 0, requests: runs, looks: 0, told: 'failed' };
	}
	if (mail) {
		// Whatever n8n repeats and however long it lasts: one request, and then only looking.
		if (effect === 'after') return { mails: 1, requests: 1, looks: 1, told: 'sent' };
		return { mails: 0, requests: 1, looks: LOOKS * runs, told: 'unknown' };
	}
	const perRun = kind === 'open' ? TRIES : 1;
	if (lasts === 'always') return { mails: 0, requests: perRun * runs, looks: 0, told: 'failed' };
	if (kind === 'open') return { mails: 0, requests: 2, looks: 0, told: fine };
	const told = retryOnFail ? fine : 'failed';
	return { mails: 0, requests: retryOnFail ? 2 : 1, looks: 0, told };
}

/** Whether n8n stops the workflow there. */
export function stops({ mode }: Cell, { told }: Expected): boolean {
	return mode === 'stopWorkflow' && ['failed', 'unknown'].includes(told);
}

/** All cells of a trouble. */
export function cellsOf(trouble: Trouble): Cell[] {
	const unsure = trouble.kind === 'open' || trouble.kind === 'unreadable';
	const effects = unsure ? (['before', 'after'] as const) : (['before'] as const);
	const cells: Cell[] = [];
	for (const operation of trouble.operations ?? OPERATIONS)
		for (const effect of operation === 'read' ? (['before'] as const) : effects)
			for (const lasts of ['once', 'always'] as const)
				for (const retryOnFail of [false, true])
					for (const mode of MODES)
						cells.push({ ...trouble, operation, effect, lasts, retryOnFail, mode });
	return cells;
}

/** A cell's name within its trouble. */
export function nameOf({ operation, effect, lasts, retryOnFail, mode }: Cell): string {
	return `${operation}, ${effect} its effect, ${lasts}, retry ${retryOnFail ? 'on' : 'off'}, ${mode}`;
}
