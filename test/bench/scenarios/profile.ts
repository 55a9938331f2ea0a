import { SHARES } from '../process/profile';
import type { Contender } from '../parent/race';
import { table, type Section } from '../parent/report';
import { startServer } from '../parent/server';
import { Worker } from '../parent/worker';
import type { Plan } from './types';

/** Where the time goes in what stays above its goal, and in the least that a node can do there. */
export async function profile(plan: Plan): Promise<Section> {
	const server = await startServer();
	const count = plan.quick ? 200 : 1000;
	const { apiUrl } = server;
	const contenders: Contender[] = [
		{ label: `${count} sends, TrustPager node`, subject: 'sends.node', settings: { count } },
		{ label: '… the least a node can do', subject: 'sends.bare', settings: { count } },
		{ label: '… HTTP Request node', subject: 'sends.httpRequest', settings: { count } },
		{ label: 'Return All, TrustPager node', subject: 'returnAll.node', settings: {} },
		{ label: '… the least a node can do', subject: 'returnAll.bare', settings: {} },
		{ label: '… HTTP Request node', subject: 'returnAll.httpRequest', settings: {} },
	];
	const blocks: string[] = [];
	try {
		for (const runtime of plan.runtimes) {
			plan.say(`profile, ${runtime.label}`);
			const rows: string[][] = [];
			for (const { label, subject, settings } of contenders) {
				const worker = new Worker(runtime, subject);
				try {
					await worker.run({ ...settings, apiUrl });
					await worker.run({ ...settings, apiUrl });
					const { facts } = await worker.run({ ...settings, apiUrl, profile: true });
					rows.push([label, ...SHARES.map((owner) => facts[owner].toFixed(0))]);
				} finally {
					worker.end();
				}
			}
			blocks.push(`### ${runtime.label}`, table(['ms', ...SHARES], rows));
		}
	} finally {
		server.close();
	}
	return { title: "Where the time goes, by V8's profiler", blocks };
}
