import { itemsOf } from '../../../lab/n8n';
import { addressesOf, expectSuccess, type QueueScene } from './scene';

const LIMIT = 60;
/** Two of them are more than one window allows. */
const MAILS_A_WORKER = 45;
/** The node has so many requests out at the same time. */
const AT_ONCE = 16;

/** Each worker counts for itself; only the server knows of both. */
export function describeLimit(scene: () => QueueScene): void {
	it('two workers on one key wait for the server, and no item fails', async () => {
		const { fixture } = scene();
		await scene().reset();
		await fixture.sandbox.set({ rateLimit: { limit: LIMIT, windowMs: 60_000 } });
		const credential = await fixture.credential({ requestsPerMinute: LIMIT });
		const names = ['limit1', 'limit2'];
		const all = names.map((name) => addressesOf(name, MAILS_A_WORKER));
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
			expect(itemsOf(execution, 'Send')).toHaveLength(MAILS_A_WORKER);
		}
		const requests = await fixture.sandbox.requests();
		const refused = requests.filter(({ status }) => status === 429).length;
		const times = [...(await scene().delivered(all.flat())).values()];
		const seconds = (requests[requests.length - 1].at - requests[0].at) / 1_000;
		scene().note('limit', { mails: times.length, refused, seconds: Math.round(seconds) });
		expect(times.filter((count) => count !== 1)).toEqual([]);
		expect(requests).toHaveLength(times.length + refused);
		// They do collide, and after the first refusals each knocks one at a time.
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(2 * AT_ONCE + 10);
	});
}
