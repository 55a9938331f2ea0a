import { itemsOf } from '../../../lab/n8n';
import { addressesOf, expectSuccess, type QueueScene } from './scene';

const LIMIT = 60;
/** For two workers, this is more than one window allows. */
const MAILS_PER_WORKER = 45;
/** How many requests the node sends at the same time. */
const CONCURRENCY = 16;

/** Each worker counts its own requests; only the server sees those of both. */
export function describeLimit(scene: () => QueueScene): void {
	it('makes two workers with one key wait for the server, without failing items', async () => {
		const { fixture } = scene();
		await scene().reset();
		await fixture.sandbox.set({ rateLimit: { limit: LIMIT, windowMs: 60_000 } });
		const credential = await fixture.credential({ requestsPerMinute: LIMIT });
		const names = ['limit1', 'limit2'];
		const all = names.map((name) => addressesOf(name, MAILS_PER_WORKER));
		const workflows = [];
		for (const [index, name] of names.entries())
			workflows.push(await scene().bulkSend(name, all[index], {}, credential));
		await fixture.sandbox.clearRequests();
		const ids = await Promise.all(workflows.map(async (id) => await scene().start(id)));
		const workers = await Promise.all(ids.map(async (id) => (await scene().workerOf(id)).name));
		expect(workers.sort()).toEqual(['worker1', 'worker2']);

		for (const id of ids) {
			const execution = await fixture.n8n.waitForEnd(id, 300_000);
			expectSuccess(execution);
			expect(itemsOf(execution, 'Send')).toHaveLength(MAILS_PER_WORKER);
		}
		const requests = await fixture.sandbox.requests();
		const refused = requests.filter(({ status }) => status === 429).length;
		const times = [...(await scene().delivered(all.flat())).values()];
		const seconds = (requests[requests.length - 1].at - requests[0].at) / 1_000;
		scene().note('limit', { mails: times.length, refused, seconds: Math.round(seconds) });
		expect(times.filter((count) => count !== 1)).toEqual([]);
		expect(requests).toHaveLength(times.length + refused);
		// The workers do collide, and after the first refusals each sends one request at a time.
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(2 * CONCURRENCY + 10);
	});
}
