import { nodeError } from '../../../lab/n8n';
import { addressesOf, type QueueScene } from './scene';

/** A worker that nobody has installed the package on. */
export function describeMissing(scene: () => QueueScene): void {
	it("gives n8n's own error on a worker without the package, as the README has it", async () => {
		const { fixture, queue } = scene();
		await scene().reset();
		const workflowId = await scene().bulkSend('missing', addressesOf('missing', 1));
		for (const worker of queue.workers) await worker.stop();
		const [bare] = queue.workers;
		// n8n reinstalls only what its own list in the database has, and nothing was installed in its settings.
		const env = { N8N_REINSTALL_MISSING_PACKAGES: 'true' };
		await bare.start({ withPackage: false, env });
		const execution = await fixture.n8n.run(workflowId, 'Start');
		expect(execution.status).toBe('error');
		expect(nodeError(execution)?.message).toBe(
			'Unrecognized node type: n8n-nodes-trustpager.trustPager',
		);
		expect(await fixture.sandbox.requests()).toEqual([]);
	});
}
