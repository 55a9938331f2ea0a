/**
 * No duplicate sends, whatever n8n does with the node: Retry On Fail with other items, loops, a user's own key,
 * expressions that fail, a node that is repeated while its first try is still running. Every test runs against a server
 * that ignores Idempotency-Key, so that only the node can prevent duplicates.
 */
import { sleep } from 'n8n-workflow';

import { entryPoint, rows, runLoop } from '../../engine/engine';
import { endsAtBadExpression } from '../../engine/n8nCore';

import { useFaultFixture } from '../../faults/faultFixture';

const fixture = useFaultFixture();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

beforeEach(async () => await fixture.control.set({ idempotency: 'ignored' }));

const itemsTo = (...recipients: string[]) => recipients.map((to) => ({ json: { to } }));
const TO = { toEmail: '={{ $json.to }}' };

async function recipients(): Promise<string[]> {
	const outbox = await fixture.control.outbox();
	return outbox.map(({ to }) => to).filter((to) => to.endsWith(fixture.to));
}

/** A recipient of this test, such as `one.person-7@example.com`. */
const person = (name: string) => `${name}.${fixture.to}`;

describe('several items with Retry On Fail', () => {
	test('sent emails are not sent again when another item is refused each time', async () => {
		const items = itemsTo(person('a'), `undeliverable@${fixture.to.split('@')[1]}`, person('b'));
		const outcome = await fixture.run(fixture.send(TO), { items, settings: RETRY });
		expect(outcome.status).toBe('error');
		const sent = await recipients();
		expect(new Set(sent).size).toBe(sent.length);
	});

	test('an answer that arrives after another item has failed is remembered', async () => {
		// Item 0 is answered late, item 1 is refused at once: the run has failed when the answer comes.
		await fixture.control.addFault({ path: '/email/send', kind: 'delay', delayMs: 300 });
		await fixture.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		const items = itemsTo(person('late'), person('refused'));
		const outcome = await fixture.run(fixture.send(TO), { items, settings: RETRY });
		expect(outcome.error).toBeUndefined();
		expect((await recipients()).sort()).toEqual([person('late'), person('refused')]);
		expect(rows(outcome.items).map((row) => row.outcome)).toEqual(['sent', 'sent']);
	});

	test('the retry searches the send log for an email whose answer was lost', async () => {
		await fixture.control.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			effect: 'after',
		});
		await fixture.control.addFault({ path: '/email/logs', kind: 'status', status: 404, times: 1 });
		const outcome = await fixture.run(fixture.send(), { settings: RETRY });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		expect(await fixture.mailCount()).toBe(1);
	});

	test('a creation that may have been completed is not repeated, and the error says so', async () => {
		await fixture.control.addFault({
			path: '/email/configs',
			method: 'POST',
			kind: 'status',
			status: 500,
			effect: 'after',
		});
		const before = (await fixture.control.snapshot()).configs.length;
		const create = { resource: 'config', operation: 'create', staffEmail: 'ann@example.com' };
		const outcome = await fixture.run(
			{ ...create, fromEmailHandle: 'once', fromName: 'Once' },
			{ settings: RETRY },
		);
		expect((await fixture.control.snapshot()).configs.length - before).toBe(1);
		expect(outcome.error?.message).toMatch(/It is unknown whether TrustPager has completed this/);
		expect(await fixture.requestLines()).toEqual(['POST /email/configs']);
	});

	test('a completed creation is answered from the ledger when another item makes n8n repeat the node', async () => {
		const create = { resource: 'config', operation: 'create', staffEmail: 'ann@example.com' };
		const before = (await fixture.control.snapshot()).configs.length;
		const outcome = await fixture.run(
			{ ...create, fromEmailHandle: '={{ $json.handle }}', fromName: 'Once' },
			{
				items: [{ json: { handle: 'fine' } }, { json: { handle: 'not a handle!' } }],
				settings: RETRY,
			},
		);
		expect(outcome.error?.description).toContain('Completed before the node stopped: item 0.');
		expect((await fixture.control.snapshot()).configs.length - before).toBe(1);
		const handles = (await fixture.control.requests()).map(({ body }) => body);
		expect(handles.filter((body) => JSON.stringify(body).includes('fine'))).toHaveLength(1);
	});
});

describe('On Error: stop', () => {
	test('emails that wait when an item fails are not sent', async () => {
		// The rate limit lets two through; the others are still waiting when the second one fails.
		const items = itemsTo(...Array.from({ length: 6 }, (_, n) => person(`n${n}`)));
		await fixture.control.addFault({ path: '/email/send', kind: 'status', status: 422, skip: 1 });
		const credential = await fixture.newCredential({ requestsPerMinute: 2 });
		const outcome = await fixture.run(fixture.send(TO), { items, credential });
		expect(outcome.status).toBe('error');
		expect(await fixture.requestLines()).toHaveLength(2);
		expect(outcome.error?.description).toMatch(
			/Completed before the node stopped: item 0\. Exclude these items/,
		);
	});

	test('the error of another item also reports an unknown outcome', async () => {
		await fixture.control.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			delayMs: 200,
		});
		await fixture.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		const items = itemsTo(person('lost'), person('refused'));
		const outcome = await fixture.run(fixture.send(TO), { items });
		expect(outcome.error?.message).toBe('Something went wrong.');
		expect(outcome.error?.description).toContain('Possibly completed: item 0.');
		expect(await fixture.requestLines()).toContain('GET /email/logs');
	});

	test('an expression that fails in the last item prevents the first email', async () => {
		const toEmail = "={{ $json.bad ? $('Nowhere').item.json.to : $json.to }}";
		const items = [{ json: { to: person('first') } }, { json: { bad: true } }];
		const outcome = await fixture.run(fixture.send({ toEmail }), { items, settings: RETRY });
		expect(outcome.status).toBe('error');
		// The run has ended; an email that it had started would be sent now.
		await sleep(1_500);
		expect(await fixture.requestLines()).toEqual([]);
	});
});

describe('On Error: continue', () => {
	test('an expression that fails in one item does not stop the others', async () => {
		const toEmail = "={{ $json.bad ? $('Nowhere').item.json.to : $json.to }}";
		const items = [{ json: { to: person('first') } }, { json: { bad: true } }];
		const settings = { onError: 'continueErrorOutput' } as const;
		const outcome = await fixture.run(fixture.send({ toEmail }), { items, settings });
		const isEnded = endsAtBadExpression && entryPoint.name === 'pagination';
		// n8n no longer waits for the first email, but it is sent all the same.
		while (isEnded && (await recipients()).length === 0) await sleep(20);
		expect(await recipients()).toEqual([person('first')]);
		expect(outcome.error?.message).toBe(isEnded ? "Referenced node doesn't exist" : undefined);
		// In that case n8n outputs the input items.
		expect(outcome.items).toHaveLength(isEnded ? 2 : 1);
		expect(outcome.failed).toHaveLength(isEnded ? 0 : 1);
		// n8n before 2.41 treats an item with an empty message as a success.
		expect(outcome.failed[0]?.json.error).not.toBe('');
	});
});

describe('the idempotency key', () => {
	const keys = async () =>
		(await fixture.control.requests()).map(({ headers }) => headers['idempotency-key']);

	test('differs in each iteration of a loop, and each iteration sends', async () => {
		const iterations = await runLoop(
			{ parameters: fixture.send(), credential: fixture.credential() },
			3,
		);
		expect(iterations.map(([row]) => row.outcome)).toEqual(['sent', 'sent', 'sent']);
		expect(await fixture.mailCount()).toBe(3);
		expect(new Set(await keys()).size).toBe(3);
	});

	test('differs for each item and each execution', async () => {
		const items = [{ json: {} }, { json: {} }];
		await fixture.run(fixture.send(), { items });
		await fixture.run(fixture.send(), { items });
		expect(await fixture.mailCount()).toBe(4);
		expect(new Set(await keys()).size).toBe(4);
	});

	test('is the same when n8n repeats the node', async () => {
		await fixture.control.addFault({ path: '/email/send', kind: 'status', status: 422 });
		await fixture.run(fixture.send(), { settings: RETRY });
		const used = await keys();
		expect(used).toHaveLength(2);
		expect(new Set(used).size).toBe(1);
	});

	test("is the user's own where one is given", async () => {
		const options = { idempotencyKey: '=order-{{ $json.id }}' };
		await fixture.run(fixture.send({ options }), {
			items: [{ json: { id: 1 } }, { json: { id: 2 } }],
		});
		expect((await keys()).sort()).toEqual(['order-1', 'order-2']);
	});

	test('of the user on two identical emails sends one', async () => {
		const options = { idempotencyKey: `one-${fixture.to}` };
		const outcome = await fixture.run(fixture.send({ options }), {
			items: [{ json: {} }, { json: {} }],
		});
		expect(await fixture.mailCount()).toBe(1);
		expect(rows(outcome.items).map((row) => row.outcome)).toEqual(['sent', 'sent']);
	});

	test('of the user on two different emails is refused', async () => {
		const options = { idempotencyKey: `one-${fixture.to}` };
		const items = itemsTo(person('a'), person('b'));
		const outcome = await fixture.run(fixture.send({ ...TO, options }), { items });
		expect(outcome.error?.message).toContain("'Idempotency Key' is the same as that of another");
		expect((await recipients()).length).toBeLessThanOrEqual(1);
	});

	test('of the user on another email in a later iteration is refused, not answered with the first one', async () => {
		const options = { idempotencyKey: `one-${fixture.to}` };
		const iterations = await runLoop(
			{
				parameters: fixture.send({ options, subject: '=Round {{ $runIndex }}' }),
				credential: fixture.credential(),
			},
			2,
		);
		expect(iterations[0]).toMatchObject([{ outcome: 'sent' }]);
		expect(iterations[1]).toMatchObject([{ failed: expect.stringContaining('is the same as') }]);
		expect(await fixture.mailCount()).toBe(1);
	});
});

describe('Resend if Outcome Unknown', () => {
	const options = { resendOnce: true };
	const lost = { path: '/email/send', kind: 'resetBeforeHeaders' } as const;

	test('sends once more when the email is not in the send log', async () => {
		await fixture.control.addFault({ ...lost });
		const outcome = await fixture.run(fixture.send({ options }));
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent' }]);
		expect(await fixture.mailCount()).toBe(1);
		const used = (await fixture.control.requests())
			.filter(({ path }) => path === '/email/send')
			.map(({ headers }) => headers['idempotency-key']);
		expect(used).toHaveLength(2);
		expect(new Set(used).size).toBe(1);
	});

	test('does not send again when the email is in the send log', async () => {
		await fixture.control.addFault({ ...lost, effect: 'after' });
		const outcome = await fixture.run(fixture.send({ options }));
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		expect(await fixture.mailCount()).toBe(1);
	});

	test('resends once in total, however often n8n repeats the node, and a refused resend stays unknown', async () => {
		await fixture.control.addFault({ ...lost });
		await fixture.control.addFault({
			path: '/email/send',
			kind: 'status',
			status: 409,
			times: null,
		});
		const outcome = await fixture.run(fixture.send({ options }), { settings: RETRY });
		expect(outcome.error?.message).toMatch(/^It is unknown whether/);
		expect(
			(await fixture.requestLines()).filter((path) => path === 'POST /email/send'),
		).toHaveLength(2);
	});
});

describe('the send log', () => {
	test('does not prove an email that looks like another one that was sent', async () => {
		// Two identical emails: the first is answered, the second never reaches the mail provider.
		await fixture.control.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			skip: 1,
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const outcome = await fixture.run(fixture.send(), {
			items: [{ json: {} }, { json: {} }],
			settings,
		});
		const outcomes = rows(outcome.items).map((row) => row.outcome ?? row.error);
		expect(outcomes.sort()).toEqual([expect.stringMatching(/^It is unknown/), 'sent']);
		expect(await fixture.mailCount()).toBe(1);
	});

	test.each(['newest', 'oldest', 'shuffled'] as const)(
		'is searched in any order: %s',
		async (order) => {
			await fixture.control.set({ listOrder: order });
			await fixture.control.addFault({ path: '/email/send', kind: 'hang', effect: 'after' });
			const outcome = await fixture.run(fixture.send({ requestOptions: { timeout: 400 } }));
			expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', recipient_email: fixture.to }]);
		},
	);

	test('that cannot be read leaves the outcome unknown, and the error says so', async () => {
		await fixture.control.addFault({ path: '/email/send', kind: 'html', status: 502 });
		await fixture.control.addFault({
			path: '/email/logs',
			kind: 'status',
			status: 403,
			times: null,
		});
		const outcome = await fixture.run(fixture.send());
		expect(outcome.error?.message).toBe(
			`It is unknown whether the email to ${fixture.to} was sent`,
		);
		expect(outcome.error?.description).toContain('The send log could not be searched');
		expect(outcome.error?.description).toMatch(/before you send it again\. \[item 0\]$/);
	});
});
