/** What n8n shows above the output after a run, on its real engine. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import { rows } from '../engine/engine';
import { byId } from '../engine/sandboxFixture';
import { useFaultFixture } from '../faults/faultFixture';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

const fixture = useFaultFixture();
let raw: RawServer;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());

const itemsOf = (values: IDataObject[]): INodeExecutionData[] =>
	values.map((one) => ({ json: one }));
const EACH = { subject: '={{ $json.subject }}' };
const subjects = (count: number) =>
	itemsOf(Array.from({ length: count }, (_, n) => ({ subject: `Mail ${n}` })));

/** Sends one email per answer, each of which the server gives to its own. */
async function answered(answers: object[], more: object = {}) {
	let sent = 0;
	raw.answer = (_request, response) => json(response, 200, answers[sent++]);
	return await fixture.run(fixture.send(EACH), {
		items: subjects(answers.length),
		credential: fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` }),
		...more,
	});
}

const SENT = { data: { status: 'sent' } };
const QUEUED = { approval_id: 'a1', status: 'pending' };
const suppressed = (reason?: string) => ({ data: { suppressed: true, reason } });
const times = (count: number, answer: object) => Array<object>(count).fill(answer);

test('a run without news says nothing', async () => {
	expect((await answered(times(3, SENT))).hints).toEqual([]);
});

describe('approvals', () => {
	test.each([
		[[...times(3, QUEUED), ...times(47, SENT)], '3 of 50 emails wait for approval in TrustPager.'],
		[[QUEUED, SENT], '1 of 2 emails waits for approval in TrustPager.'],
		[times(2, QUEUED), 'All 2 emails wait for approval in TrustPager.'],
		[[QUEUED], 'The email waits for approval in TrustPager.'],
	])('%#', async (answers, says) => {
		expect((await answered(answers)).hints).toEqual([says]);
	});

	test('of scheduled emails, and of replies', async () => {
		const credential = fixture.credential({ apiKey: fixture.sandbox.keys.sendApproval });
		const scheduled = await fixture.run(
			fixture.send({
				resource: 'scheduledEmail',
				operation: 'create',
				scheduledFor: '={{ $now.plus(1, "day") }}',
				...EACH,
			}),
			{ credential, items: subjects(2) },
		);
		expect(scheduled.hints).toEqual(['All 2 emails wait for approval in TrustPager.']);
		const reply = await fixture.run(fixture.reply(), { credential });
		expect(reply.hints).toEqual(['The email waits for approval in TrustPager.']);
	});

	test('of other changes', async () => {
		raw.answer = (_request, response) => json(response, 202, QUEUED);
		const outcome = await fixture.run(
			{ resource: 'config', operation: 'delete', configId: byId('={{ $json.subject }}') },
			{
				items: itemsOf([{ subject: 'c1' }, { subject: 'c2' }]),
				credential: fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` }),
			},
		);
		expect(outcome.hints).toEqual(['All 2 requests wait for approval in TrustPager.']);
	});
});

describe('recipients that got no email', () => {
	test.each([
		[
			times(2, suppressed('email_unsubscribed')),
			['2 recipients are unsubscribed and got no email.'],
		],
		[[suppressed('Opted out')], ['1 recipient is unsubscribed and got no email.']],
		[[suppressed()], ['1 recipient is suppressed and got no email.']],
		[
			[suppressed('hard_bounce'), suppressed('hard_bounce'), suppressed('unsubscribed')],
			[
				'2 recipients are suppressed (hard bounce) and got no email.',
				'1 recipient is unsubscribed and got no email.',
			],
		],
		[[suppressed('<img src=x>')], ['1 recipient is suppressed (img src=x) and got no email.']],
	])('%#', async (answers, says) => {
		expect((await answered([...answers, SENT])).hints).toEqual(says);
	});
});

test('an email that TrustPager has no record of', async () => {
	const outcome = await fixture.run(fixture.send({ toEmail: 'log-failed@example.com' }));
	expect(outcome.hints).toEqual(['1 email was sent, but TrustPager has no record of it.']);
});

describe('items that failed while the others went on', () => {
	const items = itemsOf([{ to: 'a@example.com' }, { to: 'nobody' }, { to: 'b@example.com' }]);
	const send = () => fixture.send({ toEmail: '={{ $json.to }}' });

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) => {
		const outcome = await fixture.run(send(), { items, settings: { onError } });
		expect(outcome.hints).toEqual(["1 of 3 items failed: see 'error' in the output."]);
	});

	test('together with other news', async () => {
		const outcome = await answered([QUEUED, { success: false, message: 'No mailbox' }, SENT], {
			settings: { onError: 'continueRegularOutput' },
		});
		expect(outcome.hints).toEqual([
			"1 of 3 items failed: see 'error' in the output.",
			'1 of 3 emails waits for approval in TrustPager.',
		]);
	});
});

describe('the rate limit', () => {
	beforeEach(() => (timing.rateWindowMs = 1_500));

	test('says how long the run waited for it', async () => {
		const credential = await fixture.newCredential({ requestsPerMinute: 2 });
		const outcome = await fixture.run(fixture.send(EACH), { items: subjects(6), credential });
		expect(rows(outcome.items)).toHaveLength(6);
		// Two windows of 1.5 s; n8n's items wait at the same time, and that counts once.
		expect(outcome.hints).toEqual([
			expect.stringMatching(/^Waited ([3-9]|[1-9]\d) s for the rate limit of the API key\.$/),
		]);
	});

	test('says nothing when many requests only wait for each other', async () => {
		const credential = await fixture.newCredential({ requestsPerMinute: 10_000 });
		const outcome = await fixture.run(fixture.send(EACH), { items: subjects(60), credential });
		expect(outcome.hints).toEqual([]);
	});
});

describe('credits', () => {
	test.each([
		[60, []],
		[59, ['49 TrustPager credits left: top up under Settings › Billing.']],
		[11, ['1 TrustPager credit left: top up under Settings › Billing.']],
		[10, ['No TrustPager credits left: top up under Settings › Billing.']],
	])('%d before one email', async (credits, says) => {
		await fixture.control.set({ credits });
		expect((await fixture.run(fixture.send())).hints).toEqual(says);
	});
});

describe('a key that was used in an earlier execution', () => {
	const keyed = (key: string) => fixture.send({ options: { idempotencyKey: key } });

	test('is no new email where the server honors keys', async () => {
		const first = await fixture.run(keyed(fixture.to), { executionId: 'one' });
		expect(rows(first.items)).toMatchObject([{ outcome: 'sent' }]);
		const again = await fixture.run(keyed(fixture.to), { executionId: 'two' });
		expect(rows(again.items)).toEqual([{ ...rows(first.items)[0], outcome: 'alreadySent' }]);
		expect(again.hints).toEqual([
			"1 email had been sent before with the same 'Idempotency Key': nothing was sent again.",
		]);
		expect(await fixture.mailCount()).toBe(1);
	});

	test('is one where the server ignores keys', async () => {
		await fixture.control.set({ idempotency: 'ignored' });
		await fixture.run(keyed(fixture.to), { executionId: 'one' });
		const again = await fixture.run(keyed(fixture.to), { executionId: 'two' });
		expect(rows(again.items)).toMatchObject([{ outcome: 'sent' }]);
		expect(again.hints).toEqual([]);
		expect(await fixture.mailCount()).toBe(2);
	});

	test.each([
		['a header', { 'Idempotency-Replayed': 'true' }, {}],
		['its meta', {}, { replayed: true }],
	])('in another process, where the answer says so in %s', async (_where, headers, meta) => {
		raw.answer = (_request, response) => {
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
			json(response, 200, { ...SENT, meta });
		};
		const outcome = await fixture.run(keyed(fixture.to), {
			credential: fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` }),
		});
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'alreadySent', status: 'sent' }]);
	});

	test.each([
		['no ID of an email', { success: true }],
		['the ID of the thread only', { success: true, id: 't1', thread_id: 't1' }],
	])('says nothing with %s in the answer', async (_what, data) => {
		raw.answer = (_request, response) => json(response, 200, { data });
		const credential = fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` });
		for (const executionId of ['one', 'two']) {
			const outcome = await fixture.run(keyed(fixture.to), { credential, executionId });
			expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent' }]);
		}
	});

	test("a repetition by Retry On Fail is the same email, not another's", async () => {
		const executionId = 'same';
		for (let n = 0; n < 2; n++) {
			const outcome = await fixture.run(keyed(fixture.to), { executionId });
			expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent' }]);
		}
		expect(await fixture.mailCount()).toBe(1);
	});
});
