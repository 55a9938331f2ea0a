/**
 * The fault table: what a fault does to a read, a repeatable write, a send and a reply, with n8n's Retry On Fail off and
 * on, in each error mode. It guards four rules: a mail leaves at most once, even when the server ignores
 * Idempotency-Key; an outcome that is unknown is looked up before it is told; what may be repeated is, a bounded number
 * of times; what failed is told as failed.
 */
import { retrying } from '../../nodes/TrustPager/transport/exchange';
import type { Fault } from '../../sandbox';
import type { Mode } from './support';
import { MODES, told, useRange } from './support';

const range = useRange();
const TRIES = 4;
const N8N_TRIES = 3;
const LOOKS = 3;
const SHORT_TIMEOUT_MS = 400;

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
	/** No trouble in the end. */
	| 'fine';

interface Trouble {
	name: string;
	kind: Kind;
	fault: Omit<Fault, 'path' | 'times' | 'effect'>;
}

const TROUBLES: Trouble[] = [
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
];

const OPERATIONS = ['read', 'repeatable write', 'send', 'reply'] as const;
type OperationName = (typeof OPERATIONS)[number];

const isMail = (operation: OperationName) => operation === 'send' || operation === 'reply';

function parametersOf(operation: OperationName) {
	const threadId = { __rl: true, mode: 'id', value: range.threadId };
	const thread = { resource: 'thread', threadId };
	return {
		read: { ...thread, operation: 'get' },
		'repeatable write': { ...thread, operation: 'update', updateFields: { isRead: true } },
		send: range.send(),
		reply: range.reply(),
	}[operation];
}

function pathOf(operation: OperationName): string {
	if (operation === 'send') return '/email/send';
	return operation === 'reply' ? '/email/reply' : `/email/threads/${range.threadId}`;
}

interface Cell extends Trouble {
	operation: OperationName;
	effect: 'before' | 'after';
	lasts: 'once' | 'always';
	retryOnFail: boolean;
	mode: Mode;
}

interface Expected {
	mails: number;
	/** Requests to the operation's own path; undefined where their number is bounded by time only. */
	requests: number | undefined;
	looks: number;
	told: string;
}

/** The rules, written down once more without looking at how they are built. */
function expectedOf({ operation, kind, effect, lasts, retryOnFail }: Cell): Expected {
	const runs = retryOnFail ? N8N_TRIES : 1;
	const mail = isMail(operation);
	const fine = mail ? 'sent' : 'done';
	const mails = mail ? 1 : 0;
	if (kind === 'fine') return { mails, requests: 1, looks: 0, told: fine };
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

function cellsOf(trouble: Trouble): Cell[] {
	const unsure = trouble.kind === 'open' || trouble.kind === 'unreadable';
	const effects = unsure ? (['before', 'after'] as const) : (['before'] as const);
	const cells: Cell[] = [];
	for (const operation of OPERATIONS)
		for (const effect of operation === 'read' ? (['before'] as const) : effects)
			for (const lasts of ['once', 'always'] as const)
				for (const retryOnFail of [false, true])
					for (const mode of MODES)
						cells.push({ ...trouble, operation, effect, lasts, retryOnFail, mode });
	return cells;
}

const nameOf = ({ operation, effect, lasts, retryOnFail, mode }: Cell) =>
	`${operation}, ${effect} its effect, ${lasts}, retry ${retryOnFail ? 'on' : 'off'}, ${mode}`;

describe.each(TROUBLES)('$name', (trouble) => {
	const cells = cellsOf(trouble).map((cell) => [nameOf(cell), cell] as const);

	test.each(cells)('%s', async (_name, cell) => {
		const { fault, effect, lasts, operation, retryOnFail, mode } = cell;
		await range.control.set({ idempotency: 'ignored' });
		const path = pathOf(operation);
		await range.control.addFault({ ...fault, effect, path, times: lasts === 'once' ? 1 : null });
		if (cell.kind === 'limited' && lasts === 'always') retrying.longestMs = 30;

		const requestOptions = fault.kind === 'hang' ? { timeout: SHORT_TIMEOUT_MS } : {};
		const outcome = await range.run(
			{ ...parametersOf(operation), requestOptions },
			{ settings: { onError: mode, retryOnFail, maxTries: N8N_TRIES, waitBetweenTries: 1 } },
		);

		const requests = await range.control.requests();
		const expected = expectedOf(cell);
		const own = requests.filter((request) => request.path === path).length;
		expect({
			mails: await range.mails(),
			requests: expected.requests === undefined ? undefined : own,
			looks: requests.filter((request) => request.path === '/email/logs').length,
			told: told(outcome, mode),
		}).toEqual(expected);
		expect(outcome.status).toBe(
			mode === 'stopWorkflow' && ['failed', 'unknown'].includes(expected.told)
				? 'error'
				: 'success',
		);
		expect(outcome.stored).not.toContain(range.sandbox.keys.full);
	});
});

/** The server's own answers that are neither yes nor no. Guards: never taken for a failure, never sent again. */
describe.each([
	{ to: 'log-failed@example.com', expected: 'sentNotLogged', mails: 1, requests: () => 1 },
	{
		to: 'undeliverable@example.com',
		expected: 'failed',
		mails: 0,
		requests: (retry: boolean) => (retry ? N8N_TRIES : 1),
	},
])('a mail to $to', ({ to, expected, mails, requests }) => {
	const cells = MODES.flatMap((mode) => [false, true].map((retry) => ({ mode, retry })));

	test.each(cells)('retry $retry, $mode', async ({ mode, retry }) => {
		for (const operation of ['send', 'reply'] as const) {
			await range.refresh();
			await range.control.set({ idempotency: 'ignored' });
			const outcome = await range.run(
				{ ...parametersOf(operation), toEmail: to },
				{ settings: { onError: mode, retryOnFail: retry, waitBetweenTries: 1 } },
			);
			expect(told(outcome, mode)).toBe(expected);
			expect(await range.mails()).toBe(mails);
			expect(await range.sent()).toHaveLength(requests(retry));
		}
	});
});
