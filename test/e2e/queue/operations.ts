import { byId } from '../support/n8nFixture';
import { addressesOf, expectSuccess, type QueueScene } from './scene';

/** The node's operations, run by workers. */
export function describeOperations(scene: () => QueueScene): void {
	it('read threads, send and reply on the workers', async () => {
		const { fixture } = scene();
		await scene().reset();
		const threads = await scene().run({ resource: 'thread', operation: 'getAll', returnAll: true });
		const { threads: stored } = await fixture.sandbox.snapshot();
		expect(threads).toHaveLength(stored.length);

		const [{ id, subject }] = threads;
		const threadId = byId(String(id));
		const [thread] = await scene().run({ resource: 'thread', operation: 'get', threadId });
		expect(thread).toMatchObject({ id, subject });

		const send = { resource: 'email', operation: 'send', subject: 'Hello', htmlBody: '<p>Hi</p>' };
		expect(await scene().run({ ...send, toEmail: 'ann@example.com' })).toMatchObject([
			{ outcome: 'sent' },
		]);
		const reply = { resource: 'email', operation: 'reply', replyHtml: '<p>Yes</p>' };
		expect(await scene().run({ ...reply, threadId, toEmail: 'ben@example.com' })).toMatchObject([
			{ outcome: 'sent' },
		]);
		const outbox = await fixture.sandbox.outbox();
		expect(outbox.map(({ kind, to }) => [kind, to])).toEqual([
			['send', 'ann@example.com'],
			['reply', 'ben@example.com'],
		]);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('run in two executions at the same time, one on each worker', async () => {
		const { fixture } = scene();
		await scene().reset();
		const ids: string[] = [];
		const all = ['first', 'second'].map((name) => addressesOf(name, 3));
		await fixture.sandbox.addFault({
			path: '/email/send',
			kind: 'delay',
			delayMs: 3_000,
			times: 6,
		});
		for (const addresses of all) {
			ids.push(await scene().start(await scene().bulkSend('both', addresses)));
		}
		const workers = await Promise.all(ids.map(async (id) => await scene().workerOf(id)));
		expect(workers.map(({ name }) => name).sort()).toEqual(['worker1', 'worker2']);
		for (const id of ids) expectSuccess(await fixture.n8n.waitForEnd(id));
		const delivered = await scene().delivered(all.flat());
		expect([...delivered.values()]).toEqual([1, 1, 1, 1, 1, 1]);
	});
}
