import type { Plan } from '../plan';
import { SHARES } from '../profile';
import type { Facts } from '../protocol';
import { table, type Column, type Section } from '../report';
import { Worker } from '../worker';

/** Where the time goes in what misses its goal, and in the least that a node can do there. */
export async function profile(plan: Plan): Promise<Section> {
	const count = plan.quick ? 200 : 1000;
	const contenders = {
		[`${count} sends, TrustPager node`]: 'sends.node',
		'… the least a node can do': 'sends.bare',
		'… HTTP Request node': 'sends.httpRequest',
		'Return All, TrustPager node': 'returnAll.node',
		'Return All, the least a node can do': 'returnAll.bare',
		'Return All, HTTP Request node': 'returnAll.httpRequest',
	};
	const settings = { apiUrl: plan.server.apiUrl, count };
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		plan.log(`Profile, ${runtime.label}`);
		const results: Facts[] = [];
		for (const subject of Object.values(contenders)) {
			const worker = new Worker(runtime, subject);
			try {
				for (let warmUp = 0; warmUp < 2; warmUp++) await worker.run(settings);
				results.push((await worker.run({ ...settings, profile: true })).facts);
			} finally {
				worker.end();
			}
		}
		const columns = SHARES.map((owner): Column => [owner, (row) => results[row][owner].toFixed(0)]);
		blocks.push(`### ${runtime.label}`, table(Object.keys(contenders), columns, 'ms'));
	}
	return { title: "Where the time goes, by V8's profiler", blocks };
}
