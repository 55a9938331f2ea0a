import { chain, pollingTrigger, work } from '../support/n8nFixture';
import { tallyOf, type Mail } from '../kill/tally';
import type { QueueScene } from './scene';

/** Longer than the time between two polls, so that one worker is busy when the second execution starts. */
const WORK_SECONDS = 3;

/** The trigger polls on the main instance; its executions run on the workers. */
export function describeTrigger(scene: () => QueueScene): void {
	const mails: Mail[] = [];
	let workflowId = '';

	beforeAll(async () => {
		const { fixture, credential } = scene();
		await scene().reset();
		const nodes = [pollingTrigger(credential), work(WORK_SECONDS)];
		const workflow = await fixture.n8n.createWorkflow(chain('queue trigger', ...nodes));
		workflowId = workflow.id;
		await fixture.n8n.activate(workflowId);
		// Mail that arrives before the polls of the activation have ended counts as old.
		await fixture.letPoll(2);
	});

	afterAll(async () => await scene().fixture.n8n.deactivate(workflowId));

	async function receive(): Promise<void> {
		const { message } = await scene().fixture.sandbox.receive({ text: `Mail ${mails.length}` });
		mails.push({ id: message.id, round: 0 });
	}

	/** Waits until all emails are executed, then for polls that might repeat one. */
	async function settle(): Promise<void> {
		const { n8n } = scene().fixture;
		await n8n.until('every mail has its execution', 90_000, async () => {
			const { lost } = tallyOf(mails, await n8n.executions(workflowId));
			return lost.length === 0 ? true : undefined;
		});
		await scene().fixture.letPoll(2);
	}

	async function expectEachOnce(): Promise<void> {
		const executions = await scene().fixture.n8n.executions(workflowId);
		const { lost, repeated, executions: ends } = tallyOf(mails, executions);
		expect({ lost, repeated }).toEqual({ lost: [], repeated: [] });
		expect(Object.keys(ends)).toEqual(['success']);
	}

	it('starts one execution per email, on both workers', async () => {
		const { fixture, queue } = scene();
		for (let count = 0; count < 5; count++) {
			await receive();
			await fixture.letPoll(1);
		}
		await settle();
		await expectEachOnce();
		const executions = await fixture.n8n.executions(workflowId);
		const counts: Record<string, number> = { worker1: 0, worker2: 0 };
		for (const { id } of executions) counts[queue.workerOf(id)?.name ?? 'nowhere']++;
		scene().note('trigger', { mails: mails.length, executions: counts });
		expect(counts).toEqual({ worker1: expect.any(Number), worker2: expect.any(Number) });
		expect(Math.min(counts.worker1, counts.worker2)).toBeGreaterThan(0);
	});

	it('keeps polling on the main instance while there is no worker, without losing mail', async () => {
		const { fixture, queue } = scene();
		for (const worker of queue.workers) await worker.kill();
		const before = (await fixture.n8n.executions(workflowId)).length;
		for (let count = 0; count < 2; count++) {
			await receive();
			await fixture.letPoll(2);
		}
		expect(await fixture.n8n.executions(workflowId)).toHaveLength(before);
		await Promise.all(queue.workers.map(async (worker) => await worker.start()));
		await settle();
		await expectEachOnce();
	});
}
