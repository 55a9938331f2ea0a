import type { InboundMail } from '../../sandbox';
import { entryPoint } from '../engine/engine';
import { useSandbox } from '../engine/sandboxFixture';
import {
	ADVICE,
	ANN,
	ann,
	BOUNCES,
	from,
	old,
	OWN,
	recipientIn,
	recipientOf,
	refused,
	reply,
	threadOf,
} from './replyThread';

const fixture = useSandbox();
const NO_SENDER = 'the latest inbound message has no readable sender';
describe('the sender of the latest inbound message', () => {
	test.each<[string, unknown]>([
		['an address', ANN],
		['a name and an address', 'Lee, Ann <ann@example.com>'],
		['an encoded name and an address', '=?utf-8?q?Ann_Lee?= <ann@example.com>'],
		['a list', [ANN]],
		['an object', { email: ANN, name: 'Ann Lee' }],
	])('is answered where it is %s', async (_form, sender) => {
		expect(await recipientOf(fixture, old, from(sender))).toBe(ANN);
	});

	test('is answered where the row has it as `sender_email`', async () => {
		expect(await recipientOf(fixture, from('', { sender_email: ANN }))).toBe(ANN);
	});

	test.each(['no-reply@shop.example', 'noreply@shop.example'])(
		'is answered where it is an automatic one: %s',
		async (sender) => {
			expect(await recipientOf(fixture, ann, { fromEmail: sender, subject: 'Your order' })).toBe(
				sender,
			);
		},
	);

	test('is answered alone: its name is not sent', async () => {
		await recipientOf(fixture, { fromEmail: ANN, fromName: 'Ann Lee' });
		expect((await fixture.control.outbox())[0].toName).toBeNull();
	});

	test.each<[string, unknown, string]>([
		['null', null, ''],
		['empty', ' ', ''],
		['an empty list', [], ''],
		['a name alone', 'Support desk', "The message gives 'Support desk'. "],
		['an address without a domain', 'ann@', "The message gives 'ann@'. "],
		['a number', 7, "The message gives '7'. "],
	])('that is %s is refused, and nobody older is answered', async (_form, sender, detail) => {
		expect(await recipientOf(fixture, ann, from(sender))).toBe(refused(NO_SENDER, detail));
	});

	test('that is missing is refused, and nobody older is answered', async () => {
		await fixture.control.addFault({
			path: '/email/threads/*',
			kind: 'body',
			body: {
				data: [
					{ id: 'a', direction: 'inbound', from_email: ANN, created_at: '2026-05-01T09:00:00Z' },
					{ id: 'b', direction: 'inbound', created_at: '2026-05-02T09:00:00Z' },
				],
			},
		});
		expect(await recipientIn(fixture, fixture.seed.threads[0].id)).toBe(refused(NO_SENDER));
	});

	test('that is several people is refused', async () => {
		expect(await recipientOf(fixture, from('ann@example.com, bob@example.com'))).toBe(
			refused(
				'the latest inbound message has several senders',
				"The message gives 'ann@example.com, bob@example.com'. ",
			),
		);
	});
});

describe('the reply address of the latest inbound message', () => {
	test.each<[string, unknown]>([
		['reply_to', ANN],
		['reply_to', 'Lee, Ann <ann@example.com>'],
		['reply_to', [ANN]],
		['reply_to', [{ email: ANN, name: 'Ann' }]],
		['reply_to_email', ANN],
		['replyTo', ANN],
		['Reply-To', ANN],
		['reply_to_addresses', [ANN]],
	])('is answered in place of the sender: %s %j', async (field, value) => {
		expect(await recipientOf(fixture, from('noreply@form.example', { [field]: value }))).toBe(ANN);
	});

	test.each<[string, unknown]>([
		['empty', ''],
		['null', null],
		['an empty list', []],
		['the ID of a message', '7d6c5b4a-3f2e-4d1c-8b0a-9f8e7d6c5b4a'],
	])('gives way to the sender where it is %s', async (_form, replyTo) => {
		expect(await recipientOf(fixture, { fromEmail: ANN, row: { reply_to: replyTo } })).toBe(ANN);
	});

	test('is answered where the sender cannot be read, or is one of our own addresses', async () => {
		expect(await recipientOf(fixture, from(null, { reply_to: ANN }))).toBe(ANN);
		await fixture.control.reset({ seed: 'demo', rateLimit: null });
		expect(await recipientOf(fixture, from(OWN, { reply_to: ANN }))).toBe(ANN);
	});

	test('gives way to the sender where it is one of our own addresses', async () => {
		expect(await recipientOf(fixture, { fromEmail: ANN, row: { reply_to: OWN } })).toBe(ANN);
	});

	test('is the one that is not ours, of several', async () => {
		expect(await recipientOf(fixture, from('a@form.example', { reply_to: `${OWN}, ${ANN}` }))).toBe(
			ANN,
		);
	});

	test.each<[string, unknown, string, string]>([
		[
			'several people',
			['a@x.example', 'b@x.example'],
			'asks for replies to several addresses',
			'a@x.example, b@x.example',
		],
		[
			'two fields that differ',
			'a@x.example',
			'asks for replies to several addresses',
			'a@x.example, b@x.example',
		],
		['no address', 'ann@', 'has a reply address that cannot be read', 'ann@'],
	])('is refused where it is %s', async (form, replyTo, reason, shown) => {
		const more = form.startsWith('two') ? { reply_to_email: 'b@x.example' } : {};
		expect(await recipientOf(fixture, ann, { row: { reply_to: replyTo, ...more } })).toBe(
			refused(`the latest inbound message ${reason}`, `The message gives '${shown}'. `),
		);
	});
});

describe('which message is the latest', () => {
	const at = (createdAt: string, fromEmail: string): InboundMail => ({ createdAt, fromEmail });
	const MAY = '2026-05-02T09:00:00Z';

	test.each(['oldest', 'newest'] as const)(
		'is decided by time (list: %s)',
		async (messageOrder) => {
			await fixture.control.set({ messageOrder });
			expect(
				await recipientOf(fixture, at(MAY, ANN), at('2026-05-01T09:00:00Z', 'old@example.com')),
			).toBe(ANN);
		},
	);

	test.each(['oldest', 'newest'] as const)(
		'is the one that came later, of two at one time (list: %s)',
		async (messageOrder) => {
			await fixture.control.set({ messageOrder });
			const before = at('2026-05-01T09:00:00Z', 'old@example.com');
			expect(await recipientOf(fixture, before, at(MAY, 'tie@example.com'), at(MAY, ANN))).toBe(
				ANN,
			);
		},
	);

	test.each(['oldest first', 'newest first'])(
		'is decided by the place of one without a readable time (list: %s)',
		async (order) => {
			const rows = [
				{ id: 'a', direction: 'inbound', from_email: 'a@example.com', created_at: MAY },
				{ id: 'b', direction: 'outbound', sender_email: OWN, created_at: '2026-05-03T09:00:00Z' },
				{ id: 'c', direction: 'inbound', from_email: ANN, created_at: 'soon' },
			];
			const data = order === 'newest first' ? rows.reverse() : rows;
			await fixture.control.addFault({ path: '/email/threads/*', kind: 'body', body: { data } });
			expect(await recipientIn(fixture, fixture.seed.threads[0].id)).toBe(ANN);
		},
	);

	test.each(['INBOUND', ' Inbound ', undefined])('direction %j is inbound', async (direction) => {
		const data = [{ id: 'a', direction, from_email: ANN, created_at: MAY }];
		await fixture.control.addFault({ path: '/email/threads/*', kind: 'body', body: { data } });
		expect(await recipientIn(fixture, fixture.seed.threads[0].id)).toBe(ANN);
	});

	test('is none in a thread that nobody has answered', async () => {
		await fixture.run({
			resource: 'email',
			operation: 'send',
			toEmail: ANN,
			subject: 'Hello',
			htmlBody: '<p>Hello</p>',
		});
		const [{ threadId }] = await fixture.control.outbox();
		const { error } = await fixture.run(reply(threadId ?? ''));
		expect(`${error?.message} ${error?.description}`).toBe(
			refused('the thread has no inbound message to reply to'),
		);
	});
});

describe('as the tool of an AI agent', () => {
	const { name } = entryPoint;
	beforeEach(() => (entryPoint.name = 'pagination'));
	afterEach(() => (entryPoint.name = name));
	const parameters = (threadId: string) => reply(threadId, { toEmail: '={{ "" }}' });

	test("an empty 'To Email' is not set", async () => {
		const threadId = await threadOf(fixture, ann, BOUNCES[0][1]);
		const outcome = await fixture.run(parameters(threadId), { isTool: true });
		expect(outcome.items[0].json).toMatchObject({ outcome: 'sent' });
		expect((await fixture.control.outbox()).map(({ to }) => to)).toEqual([ANN]);
	});

	test('the model reads why nobody can be answered', async () => {
		const threadId = await threadOf(fixture, BOUNCES[0][1]);
		const { items } = await fixture.run(parameters(threadId), { isTool: true });
		expect(items[0].json).toEqual({
			error: `'To Email' is empty, and the thread has only delivery failures to reply to [item 0]. ${ADVICE}`,
		});
	});
});

test("a 'To Email' that is given is used as it is, and nothing is read", async () => {
	const threadId = await threadOf(fixture, ann);
	await fixture.run(reply(threadId, { toEmail: OWN }));
	expect((await fixture.control.outbox()).map(({ to }) => to)).toEqual([OWN]);
	expect((await fixture.requests()).map(({ path }) => path)).toEqual(['/email/reply']);
});
