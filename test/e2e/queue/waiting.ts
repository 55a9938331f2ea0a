import { jsonOf, nodeError } from '../../../lab/n8n';
import { ask, post, statusOf, type Waiting } from '../support/waiting';
import type { QueueScene } from './scene';

/** Visits of scanners and previews, with n8n's status: an altered link is refused. */
const VISITS = [
	['', 200],
	['&answer=approve', 401],
] as const;

/** An execution of Send and Wait, whose answer the webhook process takes. */
export function describeWaiting(scene: () => QueueScene): void {
	beforeEach(async () => await scene().reset());

	async function expectWaiting({ executionId }: Waiting): Promise<void> {
		const { n8n } = scene().fixture;
		expect(await statusOf(n8n, executionId)).toMatchObject({ status: 'waiting' });
	}

	it('has a link to the webhook process, which opening does not answer', async () => {
		const { fixture, credential, queue } = scene();
		const waiting = await ask(fixture, credential);
		const { origin, pathname, search } = new URL(waiting.link);
		expect(origin).toBe(queue.webhookUrl);
		for (const method of ['GET', 'HEAD']) {
			for (const [query, status] of VISITS) {
				const answer = await fetch(waiting.link + query, { method });
				expect(answer.status).toBe(status);
				const form = method === 'GET' && status === 200;
				expect((await answer.text()).includes('<form method="post">')).toBe(form);
			}
		}
		// With N8N_DISABLE_PRODUCTION_MAIN_PROCESS, the main instance knows no such address.
		const elsewhere = await post(fixture.facts.session.url + pathname + search, {
			answer: 'approve',
		});
		expect(elsewhere.status).toBe(404);
		await expectWaiting(waiting);
		await post(waiting.link, { answer: 'approve' });
		await expectOneAnswer(scene(), waiting);
	});

	it('goes on once for two answers at the same time, while the worker that asked is dead', async () => {
		const { fixture, credential } = scene();
		const waiting = await ask(fixture, credential);
		const worker = await scene().workerOf(waiting.executionId);
		await worker.kill();
		try {
			await expectWaiting(waiting);
			await Promise.all(
				['approve', 'decline'].map(async (answer) => await post(waiting.link, { answer })),
			);
			await expectOneAnswer(scene(), waiting);
		} finally {
			await worker.start();
		}
	});

	it('waits on while the webhook process is dead, and while it has no package', async () => {
		const { fixture, credential, queue } = scene();
		const waiting = await ask(fixture, credential);
		await queue.webhook.kill();
		await expect(fetch(waiting.link)).rejects.toThrow();
		try {
			await queue.webhook.start({ withPackage: false });
			const refusal = await post(waiting.link, { answer: 'approve' });
			expect(refusal.status).toBe(400);
			expect(await refusal.text()).toContain('Unrecognized node type');
			await expectWaiting(waiting);
		} finally {
			await queue.webhook.stop();
			await queue.webhook.start();
		}
		await Promise.all(
			['approve', 'approve'].map(async (answer) => await post(waiting.link, { answer })),
		);
		await expectOneAnswer(scene(), waiting);
	});
}

/** Checks that an execution has asked once and has gone on once. */
export async function expectOneAnswer(
	{ fixture }: QueueScene,
	{ executionId }: Waiting,
): Promise<void> {
	const execution = await fixture.n8n.waitForEnd(executionId);
	expect(nodeError(execution)).toBeUndefined();
	expect(jsonOf(execution, 'After')).toEqual([
		{ data: { approved: expect.any(Boolean), respondedAt: expect.any(String) } },
	]);
	const runData = execution.data?.resultData.runData ?? {};
	expect([runData.Ask, runData.After].map((runs) => runs.length)).toEqual([1, 1]);
	const outbox = await fixture.sandbox.outbox();
	expect(outbox.filter(({ html }) => html.includes('/webhook-waiting/'))).toHaveLength(1);
}
