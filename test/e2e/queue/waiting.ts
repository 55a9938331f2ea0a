import { jsonOf, nodeError } from '../../../lab/n8n';
import { ask, post, statusOf } from '../support/waiting';
import type { QueueScene } from './scene';

/** An execution of Send and Wait, whose answer any process may take. */
export function describeWaiting(scene: () => QueueScene): void {
	beforeAll(async () => await scene().reset());

	it('outlives the worker that asked, and goes on once for two answers', async () => {
		const { fixture, credential } = scene();
		const { n8n } = fixture;
		const waiting = await ask(fixture, credential);
		// Each process of the lab has a port of its own; elsewhere WEBHOOK_URL is the same for all.
		const { pathname, search } = new URL(waiting.link);
		const link = `${fixture.facts.session.url}${pathname}${search}`;
		const worker = await scene().workerOf(waiting.executionId);
		await worker.kill();
		expect(await statusOf(n8n, waiting.executionId)).toMatchObject({ status: 'waiting' });
		expect((await fetch(link)).status).toBe(200);
		await worker.start();
		await Promise.all(['approve', 'decline'].map(async (answer) => await post(link, { answer })));
		const execution = await n8n.waitForEnd(waiting.executionId);
		expect(nodeError(execution)).toBeUndefined();
		expect(jsonOf(execution, 'After')).toEqual([
			{ data: { approved: expect.any(Boolean), respondedAt: expect.any(String) } },
		]);
		const runData = execution.data?.resultData.runData ?? {};
		expect([runData.Ask, runData.After].map((runs) => runs.length)).toEqual([1, 1]);
		expect(await fixture.sandbox.outbox()).toHaveLength(1);
	});
}
