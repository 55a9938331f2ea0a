/** The node as the tool of an AI agent, on n8n's real engine: what a model is given. */
import { isToolCall } from '../../nodes/TrustPager/parameters/entered';
import { rows } from '../engine/engine';
import { byId, useSandbox } from '../engine/sandboxFixture';

const fixture = useSandbox();
const ALL = { resource: 'thread', operation: 'getAll', returnAll: true };
const tool = { isTool: true };

describe('Return All', () => {
	test('gives a model the first hundred, and says that there are more', async () => {
		await fixture.control.addThreads(150);
		const { items } = await fixture.run(ALL, tool);
		expect(items).toHaveLength(101);
		expect(items[99].json).toHaveProperty('thread_id');
		expect(items[100].json).toEqual({
			notice: expect.stringMatching(/^These are the first 100 results; there are more\. /),
		});
		expect((await fixture.run(ALL)).items.length).toBeGreaterThan(150);
	});

	test('says nothing when there are no more', async () => {
		await fixture.control.reset({ seed: 'empty', rateLimit: null });
		await fixture.control.addThreads(100);
		const { items } = await fixture.run(ALL, tool);
		expect(items).toHaveLength(100);
		expect(items.some(({ json }) => 'notice' in json)).toBe(false);
	});

	test('a limit that was set is kept, however high', async () => {
		await fixture.control.addThreads(150);
		const { items } = await fixture.run({ ...ALL, returnAll: false, limit: 120 }, tool);
		expect(items).toHaveLength(120);
	});
});

test('Fields to Return: a model is told of a name that no row has', async () => {
	const threadId = byId(fixture.seed.threads[0].id);
	const get = { resource: 'thread', operation: 'get', threadId, outputFields: 'subject, sender' };
	const told = await fixture.run(get, tool);
	expect(rows(told.items)).toEqual([
		{ id: fixture.seed.threads[0].id, subject: fixture.seed.threads[0].subject },
		{ notice: "No row has the field 'sender'." },
	]);
	const shown = await fixture.run(get);
	expect(shown.items).toHaveLength(1);
	expect(shown.hints).toEqual(["No row has the field 'sender'."]);
});

test('Fields to Return gives what simplified threads leave out', async () => {
	const [thread] = fixture.seed.threads;
	const { items } = await fixture.run({
		resource: 'thread',
		operation: 'get',
		threadId: byId(thread.id),
		outputFields: 'participants, is_read, status',
	});
	const { id, is_read, status, participants } = thread;
	const people = participants.map(({ name, email }) => `${name} <${email}>`).join(', ');
	expect(rows(items)).toEqual([{ id, participants: people, is_read, status }]);
});

test('a participant goes into a new email as it is, by drag and drop', async () => {
	const [thread] = fixture.seed.threads;
	const [{ name, email }] = thread.participants;
	for (const toEmail of ['={{ $json.participants }}', '={{ $json.participant_email }}']) {
		const items = [
			{
				json: {
					participants: `${name} <${email}>`,
					participant_email: email,
					thread_id: thread.id,
				},
			},
		];
		const send = { resource: 'email', operation: 'send', subject: toEmail, htmlBody: 'Hello' };
		expect((await fixture.run({ ...send, toEmail }, { items })).error).toBeUndefined();
	}
	const outbox = await fixture.control.outbox();
	expect(outbox.slice(-2).map(({ to }) => to)).toEqual([email, email]);
});

test.each([
	[{ type: 'x.trustPagerTool' }, undefined, true],
	[{ type: 'x.trustPager' }, () => true, true],
	[{ type: 'x.trustPager' }, () => false, false],
	[{ type: 'x.trustPager' }, undefined, false],
])('a tool call is known by its type or by n8n: %j', (node, isToolExecution, is) => {
	expect(isToolCall({ getNode: () => node as never, isToolExecution })).toBe(is);
});
