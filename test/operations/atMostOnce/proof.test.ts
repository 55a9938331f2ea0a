/**
 * Why no email is sent twice: one `describe` per number of the proof at the head of operations/atMostOnce/sendMail.ts,
 * on n8n's real engine. The server ignores Idempotency-Key wherever a number must hold without it. Each number names
 * the tests elsewhere that prove it further.
 */
import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { withLock } from '../../../nodes/TrustPager/operations/atMostOnce/ledger';
import { anotherProcess } from '../../engine/anotherProcess';
import { rows, runLoop, type Outcome } from '../../engine/engine';
import { openFaultFixture, useFaultFixture } from '../../faults/faultFixture';

const fixture = useFaultFixture();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const CONTINUE = { onError: 'continueRegularOutput' } as const;
const TWO = [{ json: {} }, { json: {} }];
const SEND = { path: '/email/send' };
/** The connection ends without an answer; with `effect: 'after'` the email was sent all the same. */
const LOST = { ...SEND, kind: 'resetBeforeHeaders' } as const;
const UNKNOWN = expect.stringMatching(/^It is unknown whether the email/) as unknown;

beforeEach(async () => await fixture.control.set({ idempotency: 'ignored' }));

const sends = async () =>
	(await fixture.requestLines()).filter((path) => path === 'POST /email/send').length;
const ownKey = () => ({ options: { idempotencyKey: `own-${fixture.to}` } });

/** How each item ended: its outcome, or the title of its error. */
const outcomesOf = ({ items }: Outcome) => rows(items).map((row) => row.outcome ?? row.error);

/**
 * 1. Further: atMostOnce.test.ts, 'the idempotency key' (a user's key on two equal emails) and 'several items with Retry On Fail'
 * (n8n repeats the node while its first try is in progress).
 */
describe('1. per ledger key one request at a time', () => {
	test('two items with one key: the second waits, and gets what the first did', async () => {
		await fixture.control.addFault({ ...SEND, kind: 'delay', delayMs: 100, times: null });
		const { items } = await fixture.run(fixture.send(ownKey()), { items: TWO });
		expect(await sends()).toBe(1);
		expect(items[1].json).toEqual(items[0].json);
	});

	test('under one ledger key work is done in turn, also after a failure; under another at once', async () => {
		const log: string[] = [];
		const work = (name: string) => async () => {
			log.push(`${name} begins`);
			await sleep(5);
			log.push(`${name} ends`);
			if (name === 'a') throw new Error('a failed');
		};
		const running = ['a', 'b', 'c'].map(async (name) => await withLock('one', work(name)));
		await Promise.allSettled([...running, withLock('other', async () => log.push('other'))]);
		const order = ['a begins', 'other', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'];
		expect(log).toEqual(order);
	});
});

/**
 * 2. Further: test/transport/retryPolicy.test.ts (the rule), test/faults/faultTable.test.ts (each fault, before and after
 * the email was sent, once and always), test/faults/network.test.ts (a connection that is made at the second try), and
 * atMostOnce.test.ts, 'Resend if Outcome Unknown'. What the body of a success says: delivery.test.ts.
 */
describe('2. a request is repeated only when the server certainly did nothing', () => {
	test('after a 429', async () => {
		await fixture.control.addFault({ ...SEND, kind: 'status', status: 429 });
		const outcome = await fixture.run(fixture.send());
		expect(outcomesOf(outcome)).toEqual(['sent']);
		expect([await sends(), await fixture.mailCount()]).toEqual([2, 1]);
	});

	test.each([
		['a 408', { kind: 'status', status: 408 }],
		['a 503', { kind: 'status', status: 503 }],
		['a 200 that nobody can read', { kind: 'malformed', status: 200 }],
		['a success that has an error and nothing else', { kind: 'body', body: { error: 'Oops' } }],
		['a connection that was lost', { kind: 'resetBeforeHeaders' }],
	] as const)('not after %s, sent or not', async (_name, fault) => {
		for (const effect of ['after', 'before'] as const) {
			await fixture.refresh();
			await fixture.control.set({ idempotency: 'ignored' });
			await fixture.control.addFault({ ...SEND, ...fault, effect });
			const outcome = await fixture.run(fixture.send(), { settings: { ...RETRY, ...CONTINUE } });
			expect(outcomesOf(outcome)).toEqual([effect === 'after' ? 'sent' : UNKNOWN]);
			expect(await sends()).toBe(1);
		}
	});

	test('once more when the user trusts the server, however often n8n repeats the node', async () => {
		await fixture.control.addFault({ ...LOST, times: null });
		const options = { resendOnce: true };
		const outcome = await fixture.run(fixture.send({ options }), { settings: RETRY });
		expect(outcome.error?.message).toEqual(UNKNOWN);
		expect(await sends()).toBe(2);
	});
});

/**
 * 3. Further: atMostOnce.test.ts, 'the send log' (any order of the log, a log that cannot be read) and 'several items
 * with Retry On Fail' (the repetition finds the row).
 */
describe('3. only a row of the send log turns an ambiguous outcome into sent', () => {
	/** An email that another program sends through the API. */
	async function sendElsewhere(more: Record<string, string> = {}): Promise<void> {
		const email = {
			to_email: fixture.to,
			subject: 'Your quote',
			html_body: '<p>Hello</p>',
			...more,
		};
		const { status } = await fetch(`${fixture.sandbox.apiUrl}/email/send`, {
			method: 'POST',
			headers: {
				Authorization: `Bearer ${fixture.sandbox.keys.full}`,
				'Content-Type': 'application/json',
			},
			body: JSON.stringify(email),
		});
		expect(status).toBe(200);
		await fixture.control.clearRequests();
	}

	test('it is recorded before the log is searched, so that no repetition sends again', async () => {
		await fixture.control.addFault({ ...LOST, times: null });
		const outcome = await fixture.run(fixture.send(), { settings: RETRY });
		expect(outcome.error?.message).toEqual(UNKNOWN);
		expect(await sends()).toBe(1);
	});

	test('also when the log cannot be searched', async () => {
		await fixture.control.addFault({ ...LOST, times: null });
		await fixture.control.addFault({
			path: '/email/logs',
			kind: 'status',
			status: 403,
			times: null,
		});
		const outcome = await fixture.run(fixture.send(), { settings: RETRY });
		expect(outcome.error?.message).toEqual(UNKNOWN);
		expect(await sends()).toBe(1);
	});

	test.each([
		['recipient', async () => await sendElsewhere({ to_email: `other-${fixture.to}` })],
		['subject', async () => await sendElsewhere({ subject: 'Another quote' })],
	])('not a row with another %s', async (_name, decoy) => {
		await decoy();
		await fixture.control.addFault(LOST);
		expect(outcomesOf(await fixture.run(fixture.send(), { settings: CONTINUE }))).toEqual([
			UNKNOWN,
		]);
	});

	test('not a row of another thread', async () => {
		await fixture.control.addFault({ path: '/email/reply', kind: 'resetBeforeHeaders' });
		await sendElsewhere({ subject: 'Re: another thread' });
		expect(outcomesOf(await fixture.run(fixture.reply(), { settings: CONTINUE }))).toEqual([
			UNKNOWN,
		]);
	});

	test('not a row from before the request was sent', async () => {
		await fixture.control.advanceClock(-60_000);
		await sendElsewhere();
		await fixture.control.setClock(null);
		await fixture.control.addFault(LOST);
		expect(outcomesOf(await fixture.run(fixture.send(), { settings: CONTINUE }))).toEqual([
			UNKNOWN,
		]);
	});

	test('not the row of an email that looks the same and was sent', async () => {
		await fixture.run(fixture.send());
		await fixture.control.addFault(LOST);
		expect(outcomesOf(await fixture.run(fixture.send(), { settings: CONTINUE }))).toEqual([
			UNKNOWN,
		]);
	});

	test('not the row of an email that looks the same and is still in flight', async () => {
		await fixture.control.addFault({ ...SEND, kind: 'delay', delayMs: 800, effect: 'after' });
		await fixture.control.addFault({ ...LOST, delayMs: 100 });
		const outcome = await fixture.run(fixture.send(), { items: TWO, settings: CONTINUE });
		expect(outcomesOf(outcome).sort()).toEqual([UNKNOWN, 'sent']);
		expect(await fixture.mailCount()).toBe(1);
	});

	test('one row never stands for two emails', async () => {
		await fixture.control.addFault({ ...LOST, effect: 'after' });
		await fixture.control.addFault(LOST);
		const outcome = await fixture.run(fixture.send(), { items: TWO, settings: CONTINUE });
		expect(outcomesOf(outcome).sort()).toEqual([UNKNOWN, 'sent']);
		expect(await fixture.mailCount()).toBe(1);
	});
});

/**
 * 4. Further: atMostOnce.test.ts, 'several items with Retry On Fail' and 'the idempotency key'; idempotencyKey.test.ts (what makes
 * another key, an agent's calls included); test/e2e/agent.test.ts.
 */
describe('4. the same ledger key, or another email', () => {
	test('Retry On Fail: what was sent is answered from the ledger while another item fails', async () => {
		const items = [{ json: { to: fixture.to } }, { json: { to: `refused-${fixture.to}` } }];
		await fixture.control.addFault({ ...SEND, kind: 'status', status: 422, skip: 1, times: 2 });
		const toEmail = '={{ $json.to }}';
		const outcome = await fixture.run(fixture.send({ toEmail }), { items, settings: RETRY });
		expect(outcomesOf(outcome)).toEqual(['sent', 'sent']);
		expect([await sends(), await fixture.mailCount()]).toEqual([4, 2]);
	});

	test('a loop: each iteration is another email', async () => {
		const rounds = await runLoop(
			{ parameters: fixture.send(), credential: fixture.credential() },
			2,
		);
		expect(rounds.flat().map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
		expect(await fixture.mailCount()).toBe(2);
	});

	test('the same key of a user in another workspace is another email', async () => {
		const executionId = `execution of ${fixture.to}`;
		const elsewhere = await fixture.newCredential();
		for (const credential of [fixture.credential(), elsewhere, elsewhere]) {
			const outcome = await fixture.run(fixture.send(ownKey()), { executionId, credential });
			expect(outcomesOf(outcome)).toEqual(['sent']);
		}
		expect(await fixture.mailCount()).toBe(2);
	});
});

/** 5. Further: test/e2e/kill and test/e2e/queue, where real processes of n8n end in the middle of a send. */
describe('5. without the ledger the Idempotency-Key protects', () => {
	const keys = async () =>
		(await fixture.control.requests()).map(({ headers }) => headers['idempotency-key']);

	test('one execution that another process repeats: one key, which the server honors', async () => {
		await fixture.control.set({ idempotency: 'honoured' });
		const run = {
			parameters: fixture.send(),
			credential: fixture.credential(),
			executionId: `execution of ${fixture.to}`,
		};
		for (const { runNode } of [anotherProcess(), anotherProcess()]) {
			expect(outcomesOf(await runNode(run))).toEqual(['sent']);
		}
		const [first, second] = await keys();
		expect(second).toBe(first);
		expect([await sends(), await fixture.mailCount()]).toEqual([2, 1]);
	});

	test('another execution: only the key of the user is the same', async () => {
		await fixture.control.set({ idempotency: 'honoured' });
		for (let execution = 0; execution < 2; execution++) await fixture.run(fixture.send(ownKey()));
		expect([await sends(), await fixture.mailCount()]).toEqual([2, 1]);
		for (let execution = 0; execution < 2; execution++) await fixture.run(fixture.send());
		expect(await fixture.mailCount()).toBe(3);
		expect(new Set(await keys()).size).toBe(3);
	});
});

/** 6. Further: cc.test.ts, on servers that take text, a list, or keep refusals under the key. */
describe('6. a second form of CC is no second email', () => {
	test('two forms, both refused, and n8n repeats the node: one email', async () => {
		const body = { error: { code: 'VALIDATION_ERROR', message: 'cc must be in the other form' } };
		await fixture.control.addFault({ ...SEND, kind: 'body', status: 400, body, times: 2 });
		const options = { cc: 'copy@example.com' };
		const outcome = await fixture.run(fixture.send({ options }), { settings: RETRY });
		expect(outcomesOf(outcome)).toEqual(['sent']);
		expect(await fixture.mailCount()).toBe(1);
		expect(await sends()).toBeGreaterThan(2);
	});
});

/** A traits key and a claimed log row belong to one workspace: another's emails are in another log. */
describe('two workspaces of one n8n', () => {
	test('that send the same email do not disturb each other when they search the log', async () => {
		const other = await openFaultFixture();
		try {
			await fixture.run(fixture.send());
			await other.control.set({ idempotency: 'ignored' });
			await other.control.addFault({ ...LOST, effect: 'after' });
			const outcome = await other.run(fixture.send());
			expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		} finally {
			await other.sandbox.close();
		}
	});

	test('may have log rows with the same ID', async () => {
		const fixtures = [await openFaultFixture(), await openFaultFixture()];
		try {
			const found: IDataObject[] = [];
			for (const one of fixtures) {
				await one.control.addFault({ ...LOST, effect: 'after' });
				const outcome = await one.run(fixture.send());
				found.push(...rows(outcome.items));
			}
			expect(found).toMatchObject([{ found_in_log: true }, { found_in_log: true }]);
			const ids = found.map((row) => row.log_id);
			expect(ids[1]).toBe(ids[0]);
		} finally {
			for (const { sandbox } of fixtures) await sandbox.close();
		}
	});
});
