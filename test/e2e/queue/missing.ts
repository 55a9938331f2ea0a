import { nodeError } from '../../../lab/n8n';
import { addressesOf, type QueueScene } from './scene';

/** A worker without the package. */
export function describeMissing(scene: () => QueueScene): void {
	it("causes n8n's own error, as documented in the README", async () => {
		const { fixture, queue } = scene();
		await scene().reset();
		const workflowId = await scene().bulkSend('missing', addressesOf('missing', 1));
		for (const worker of queue.workers) await worker.stop();
		const [bare] = queue.workers;
		// n8n reinstalls only the packages in its database, and this one was not installed through its settings.
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
