/** 'Reply All': everybody in the thread gets a copy, except ourselves, mail servers and the recipient; or nothing is sent. */
import type { IDataObject } from 'n8n-workflow';

import type { InboundMail } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import { ANN, ann, BOUNCES, OWN, reply, threadOf } from './replyThread';

const fixture = useSandbox();

/** What a reply to all sends in a thread with these messages: `to` and `cc`, or the error in their place. */
async function sentIn(threadId: string, more: IDataObject = {}, options: IDataObject = {}) {
	const before = (await fixture.control.outbox()).length;
	const { error } = await fixture.run(
		reply(threadId, { ...more, options: { replyAll: true, ...options } }),
	);
	const sent = (await fixture.control.outbox()).slice(before);
	expect(sent).toHaveLength(error ? 0 : 1);
	if (error) return `${error.message} ${error.description}`;
	return { to: sent[0].to, cc: sent[0].cc };
}

const sent = async (...mails: InboundMail[]) => await sentIn(await threadOf(fixture, ...mails));
const withCc = (cc: unknown): InboundMail => ({ fromEmail: ANN, row: { cc } });

test('copies every other participant, whoever wrote last', async () => {
	const mails = [{ fromEmail: 'Bob@example.com' }, { fromEmail: 'cy@example.com' }, ann];
	expect(await sent(...mails)).toEqual({ to: ANN, cc: 'Bob@example.com, cy@example.com' });
});

test('is a plain reply when nobody else is there', async () => {
	expect(await sent(ann)).toEqual({ to: ANN, cc: null });
	const requests = await fixture.requests();
	expect(requests[requests.length - 1].body).not.toHaveProperty('cc');
});

test('costs one read of messages, thread and own addresses each', async () => {
	const threadId = await threadOf(fixture, { fromEmail: 'bob@example.com' }, ann);
	await fixture.control.clearRequests();
	await sentIn(threadId);
	expect((await fixture.requests()).map(({ method, path }) => `${method} ${path}`)).toEqual([
		`GET /email/threads/${threadId}/messages`,
		'GET /email/capabilities',
		`GET /email/threads/${threadId}`,
		'POST /email/reply',
	]);
});

test.each([
	['text', 'Bob <bob@example.com>, cy@example.com'],
	['a list', ['bob@example.com', 'Cy <cy@example.com>']],
	['a list of people', [{ email: 'bob@example.com' }, { email: 'cy@example.com', name: 'Cy' }]],
	['a list with ourselves and the recipient', [OWN, 'bob@example.com', ANN, 'cy@example.com']],
])('copies those in a message as %s', async (_name, cc) => {
	expect(await sent(withCc(cc))).toEqual({ to: ANN, cc: 'bob@example.com, cy@example.com' });
});

test('copies those whom we wrote to', async () => {
	const threadId = await threadOf(fixture, ann);
	await fixture.control.writeOutbound(threadId, { toEmail: 'bob@example.com', fromEmail: OWN });
	expect(await sentIn(threadId)).toEqual({ to: ANN, cc: 'bob@example.com' });
});

test("goes to 'To Email', and copies the others and those in 'CC', each once", async () => {
	const threadId = await threadOf(fixture, { fromEmail: 'bob@example.com' }, ann);
	const more = { toEmail: 'dan@example.com' };
	const cc = 'eve@example.com, ANN@example.com, dan@example.com';
	expect(await sentIn(threadId, more, { cc })).toEqual({
		to: 'dan@example.com',
		cc: 'eve@example.com, ANN@example.com, bob@example.com',
	});
});

test.each([OWN, 'hello@harborlightstudio.example', OWN.toUpperCase()])(
	'never copies ourselves: %s',
	async (own) => {
		expect(await sent({ fromEmail: own }, ann)).toEqual({ to: ANN, cc: null });
	},
);

test.each(BOUNCES)('never copies a mail server: %s', async (_name, bounce) => {
	expect(await sent({ fromEmail: ANN, ...bounce }, ann)).toEqual({ to: ANN, cc: null });
});

test('without the option nobody is copied', async () => {
	const threadId = await threadOf(fixture, { fromEmail: 'bob@example.com' }, ann);
	expect(await sentIn(threadId, {}, { replyAll: false })).toEqual({ to: ANN, cc: null });
});

describe('sends nothing', () => {
	const threadRow = (body: unknown) => ({
		method: 'GET',
		path: '/email/threads/*',
		skip: 1,
		times: 1,
		kind: 'body' as const,
		body,
	});

	test.each([
		['an unreadable participant', { participants: ['not an address'] }, 'not an address'],
		['a participant without an address', { participants: [{ name: 'Bob' }] }, 'Bob'],
		['no list of participants', { id: 'x' }, 'does not list its participants'],
	])('with %s', async (_name, data, words) => {
		const threadId = await threadOf(fixture, ann);
		await fixture.control.addFault(threadRow({ data }));
		const text = await sentIn(threadId);
		expect(text).toContain("'Reply All' cannot");
		expect(text).toContain(words);
	});

	test('with unreadable copies of a message', async () => {
		expect(await sent(withCc('bob at example'))).toContain('bob at example');
	});

	test('when our own addresses cannot be known', async () => {
		const threadId = await threadOf(fixture, { fromEmail: 'bob@example.com' }, ann);
		await fixture.control.addFault({
			path: '/email/capabilities',
			kind: 'status',
			status: 404,
			times: null,
		});
		expect(await sentIn(threadId)).toContain(
			"'Reply All' cannot tell which addresses are your own",
		);
	});

	test("to somebody whom 'Send Only To' does not allow", async () => {
		const threadId = await threadOf(fixture, { fromEmail: 'bob@other.example' }, ann);
		const { error } = await fixture.run(reply(threadId, { options: { replyAll: true } }), {
			credential: fixture.credential({ allowedRecipients: '@example.com' }),
		});
		expect(error?.message).toContain("'CC' has bob@other.example");
		expect(await fixture.control.outbox()).toEqual([]);
	});
});
