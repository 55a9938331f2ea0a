/**
 * No mail twice, whatever n8n does around the node: Retry On Fail with other items, loops, a user's own key, expressions
 * that fail, a node that is repeated while its first try is still under way. Every test runs against a server that
 * ignores Idempotency-Key, so that only the node itself can keep a mail from leaving twice.
 */
import { sleep } from 'n8n-workflow';

import { rows, way } from '../../engine/engine';
import { endsAtBadExpression } from '../../engine/n8nCore';
import { runLoop } from '../../engine/loop';
import { useRange } from '../../faults/faultFixture';

const range = useRange();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

beforeEach(async () => await range.control.set({ idempotency: 'ignored' }));

const itemsTo = (...recipients: string[]) => recipients.map((to) => ({ json: { to } }));
const TO = { toEmail: '={{ $json.to }}' };

async function recipients(): Promise<string[]> {
	const outbox = await range.control.outbox();
	return outbox.map(({ to }) => to).filter((to) => to.endsWith(range.to));
}

/** `one.person-7@example.com`: a recipient of this test. */
const person = (name: string) => `${name}.${range.to}`;

describe('several items with Retry On Fail', () => {
	test('what has left stays left when another item is refused each time', async () => {
		const items = itemsTo(person('a'), `undeliverable@${range.to.split('@')[1]}`, person('b'));
		const outcome = await range.run(range.send(TO), { items, settings: RETRY });
		expect(outcome.status).toBe('error');
		const sent = await recipients();
		expect(new Set(sent).size).toBe(sent.length);
	});

	test('an answer that comes after another item has failed is not forgotten', async () => {
		// Item 0 is answered late, item 1 is refused at once: the run has failed when the answer comes.
		await range.control.addFault({ path: '/email/send', kind: 'delay', delayMs: 300 });
		await range.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		const items = itemsTo(person('late'), person('refused'));
		const outcome = await range.run(range.send(TO), { items, settings: RETRY });
		expect(outcome.error).toBeUndefined();
		expect((await recipients()).sort()).toEqual([person('late'), person('refused')]);
		expect(rows(outcome.items).map((row) => row.outcome)).toEqual(['sent', 'sent']);
	});

	test('a mail whose answer was lost is looked up by the repetition, not sent again', async () => {
		await range.control.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			effect: 'after',
		});
		await range.control.addFault({ path: '/email/logs', kind: 'status', status: 404, times: 1 });
		const outcome = await range.run(range.send(), { settings: RETRY });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		expect(await range.mails()).toBe(1);
	});

	test('a creation that may have been done is not done again, and the error says so', async () => {
		await range.control.addFault({
			path: '/email/configs',
			method: 'POST',
			kind: 'status',
			status: 500,
			effect: 'after',
		});
		const before = (await range.control.snapshot()).configs.length;
		const create = { resource: 'config', operation: 'create', staffEmail: 'ann@example.com' };
		const outcome = await range.run(
			{ ...create, fromEmailHandle: 'once', fromName: 'Once' },
			{ settings: RETRY },
		);
		expect((await range.control.snapshot()).configs.length - before).toBe(1);
		expect(outcome.error?.message).toMatch(/It is unknown whether TrustPager has completed this/);
		expect(await range.sent()).toEqual(['POST /email/configs']);
	});

	test('a creation that was done is answered from memory when another item makes n8n repeat the node', async () => {
		const create = { resource: 'config', operation: 'create', staffEmail: 'ann@example.com' };
		const before = (await range.control.snapshot()).configs.length;
		const outcome = await range.run(
			{ ...create, fromEmailHandle: '={{ $json.handle }}', fromName: 'Once' },
			{
				items: [{ json: { handle: 'fine' } }, { json: { handle: 'not a handle!' } }],
				settings: RETRY,
			},
		);
		expect(outcome.error?.description).toContain('Completed before the node stopped: item 0.');
		expect((await range.control.snapshot()).configs.length - before).toBe(1);
		const handles = (await range.control.requests()).map(({ body }) => body);
		expect(handles.filter((body) => JSON.stringify(body).includes('fine'))).toHaveLength(1);
	});
});

describe('On Error: stop', () => {
	test('what has not left when an item fails does not leave', async () => {
		// Two may leave; the limit makes the others wait, and they must not get their turn.
		const items = itemsTo(...Array.from({ length: 6 }, (_, n) => person(`n${n}`)));
		await range.control.addFault({ path: '/email/send', kind: 'status', status: 422, skip: 1 });
		const credential = await range.freshCredential({ requestsPerMinute: 2 });
		const outcome = await range.run(range.send(TO), { items, credential });
		expect(outcome.status).toBe('error');
		expect(await range.sent()).toHaveLength(2);
		expect(outcome.error?.description).toMatch(
			/Completed before the node stopped: item 0\. Exclude these items/,
		);
	});

	test('an outcome that stays unknown is told with the error of another item', async () => {
		await range.control.addFault({ path: '/email/send', kind: 'resetBeforeHeaders', delayMs: 200 });
		await range.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		const items = itemsTo(person('lost'), person('refused'));
		const outcome = await range.run(range.send(TO), { items });
		expect(outcome.error?.message).toBe('Something went wrong.');
		expect(outcome.error?.description).toContain('Possibly completed: item 0.');
		expect(await range.sent()).toContain('GET /email/logs');
	});

	test('an expression that fails in the last item stops the first mail', async () => {
		const toEmail = "={{ $json.bad ? $('Nowhere').item.json.to : $json.to }}";
		const items = [{ json: { to: person('first') } }, { json: { bad: true } }];
		const outcome = await range.run(range.send({ toEmail }), { items, settings: RETRY });
		expect(outcome.status).toBe('error');
		// The engine has ended; what it had started would leave only now.
		await sleep(1_500);
		expect(await range.sent()).toEqual([]);
	});

	test('a wrong value in the last item stops the first mail', async () => {
		const outcome = await range.run(range.send(TO), { items: itemsTo(person('a'), 'nonsense') });
		expect(outcome.error?.message).toContain("'To Email' is not an email address");
		expect(await range.sent()).toEqual([]);
	});
});

describe('On Error: continue', () => {
	test('an expression that fails in one item does not hold up the others', async () => {
		const toEmail = "={{ $json.bad ? $('Nowhere').item.json.to : $json.to }}";
		const items = [{ json: { to: person('first') } }, { json: { bad: true } }];
		const settings = { onError: 'continueErrorOutput' } as const;
		const outcome = await range.run(range.send({ toEmail }), { items, settings });
		const isEnded = endsAtBadExpression && !way.customOperations;
		// n8n has let go of the first mail then, which is on its way all the same.
		while (isEnded && (await recipients()).length === 0) await sleep(20);
		expect(await recipients()).toEqual([person('first')]);
		expect(outcome.error?.message).toBe(isEnded ? "Referenced node doesn't exist" : undefined);
		// What n8n gives then are the items that came in.
		expect(outcome.items).toHaveLength(isEnded ? 2 : 1);
		expect(outcome.failed).toHaveLength(isEnded ? 0 : 1);
		// n8n before 2.41 would take an item with an empty text for one that succeeded.
		expect(outcome.failed[0]?.json.error).not.toBe('');
	});
});

describe('the key', () => {
	const keys = async () =>
		(await range.control.requests()).map(({ headers }) => headers['idempotency-key']);

	test('is another one in each round of a loop, and each round sends', async () => {
		const rounds = await runLoop({ parameters: range.send(), credential: range.credential() }, 3);
		expect(rounds.map(([row]) => row.outcome)).toEqual(['sent', 'sent', 'sent']);
		expect(await range.mails()).toBe(3);
		expect(new Set(await keys()).size).toBe(3);
	});

	test('is another one for each item', async () => {
		await range.run(range.send(), { items: [{ json: {} }, { json: {} }] });
		expect(await range.mails()).toBe(2);
		expect(new Set(await keys()).size).toBe(2);
	});

	test('is the same when n8n repeats the node', async () => {
		await range.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		await range.run(range.send(), { settings: RETRY });
		const used = await keys();
		expect(used).toHaveLength(2);
		expect(new Set(used).size).toBe(1);
	});

	test("is the user's own when given", async () => {
		await range.run(range.send({ options: { idempotencyKey: 'order-7' } }));
		expect(await keys()).toEqual(['order-7']);
	});

	test('of the user on two equal mails sends one', async () => {
		const options = { idempotencyKey: `one-${range.to}` };
		const outcome = await range.run(range.send({ options }), {
			items: [{ json: {} }, { json: {} }],
		});
		expect(await range.mails()).toBe(1);
		expect(rows(outcome.items).map((row) => row.outcome)).toEqual(['sent', 'sent']);
	});

	test('of the user on two different mails is refused', async () => {
		const options = { idempotencyKey: `one-${range.to}` };
		const items = itemsTo(person('a'), person('b'));
		const outcome = await range.run(range.send({ ...TO, options }), { items });
		expect(outcome.error?.message).toContain("'Idempotency Key' is the same as that of another");
		expect((await recipients()).length).toBeLessThanOrEqual(1);
	});

	test('of the user on another mail in a later round is refused, not answered with the first', async () => {
		const options = { idempotencyKey: `one-${range.to}` };
		const rounds = await runLoop(
			{
				parameters: range.send({ options, subject: '=Round {{ $runIndex }}' }),
				credential: range.credential(),
			},
			2,
		);
		expect(rounds[0]).toMatchObject([{ outcome: 'sent' }]);
		expect(rounds[1]).toMatchObject([{ failed: expect.stringContaining('is the same as') }]);
		expect(await range.mails()).toBe(1);
	});
});

describe('Resend Once if Outcome Is Unknown', () => {
	const options = { resendOnce: true };
	const lost = { path: '/email/send', kind: 'resetBeforeHeaders' } as const;

	test('sends once more when the log does not show the mail', async () => {
		await range.control.addFault({ ...lost });
		const outcome = await range.run(range.send({ options }));
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent' }]);
		expect(await range.mails()).toBe(1);
		const used = (await range.control.requests())
			.filter(({ path }) => path === '/email/send')
			.map(({ headers }) => headers['idempotency-key']);
		expect(used).toHaveLength(2);
		expect(new Set(used).size).toBe(1);
	});

	test('does not when the log shows it', async () => {
		await range.control.addFault({ ...lost, effect: 'after' });
		const outcome = await range.run(range.send({ options }));
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		expect(await range.mails()).toBe(1);
	});

	test('is one resend in all, whatever n8n repeats, and a refusal then is no "not sent"', async () => {
		await range.control.addFault({ ...lost });
		await range.control.addFault({ path: '/email/send', kind: 'status', status: 409, times: null });
		const outcome = await range.run(range.send({ options }), { settings: RETRY });
		expect(outcome.error?.message).toMatch(/^It is unknown whether/);
		expect((await range.sent()).filter((path) => path === 'POST /email/send')).toHaveLength(2);
	});
});

describe('the send log', () => {
	test('is not taken at its word for a mail that looks like one known to have left', async () => {
		// Two equal mails: the first is answered, the second never reaches the provider.
		await range.control.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			skip: 1,
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const outcome = await range.run(range.send(), {
			items: [{ json: {} }, { json: {} }],
			settings,
		});
		const told = rows(outcome.items).map((row) => row.outcome ?? row.error);
		expect(told.sort()).toEqual([expect.stringMatching(/^It is unknown/), 'sent']);
		expect(await range.mails()).toBe(1);
	});

	test.each(['newest', 'oldest', 'shuffled'] as const)(
		'is searched in any order: %s',
		async (order) => {
			await range.control.set({ listOrder: order });
			await range.control.addFault({ path: '/email/send', kind: 'hang', effect: 'after' });
			const outcome = await range.run(range.send({ requestOptions: { timeout: 400 } }));
			expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', recipient_email: range.to }]);
		},
	);

	test('that cannot be read leaves the outcome unknown, and the text says so', async () => {
		await range.control.addFault({ path: '/email/send', kind: 'html', status: 502 });
		await range.control.addFault({ path: '/email/logs', kind: 'status', status: 403, times: null });
		const outcome = await range.run(range.send());
		expect(outcome.error?.message).toBe(`It is unknown whether the email to ${range.to} was sent`);
		expect(outcome.error?.description).toContain('The send log could not be searched');
		expect(outcome.error?.description).toMatch(/before you send it again\. \[item 0\]$/);
	});
});
