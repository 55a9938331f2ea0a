import { race, fresh, type Contender } from '../parent/race';
import { ranged, table, type Section } from '../parent/report';
import { startServer, type FastServer } from '../parent/server';
import type { Runtime } from '../parent/runtimes';
import { ratios, spread } from '../parent/stats';
import type { Plan } from './types';

const SUBJECTS: Array<[label: string, subject: string]> = [
	['undici, one kept connection (the limit)', 'returnAll.undici'],
	['TrustPager node, Simplify off', 'returnAll.node'],
	['TrustPager node, Simplify on', 'returnAll.nodeSimplified'],
	['The least a node can do in n8n', 'returnAll.bare'],
	['Plain declarative node, generic paging', 'returnAll.plain'],
	['HTTP Request node, its own paging', 'returnAll.httpRequest'],
];
const LATENCIES = [0, 20];

/** 10,000 threads in 100 pages. */
export async function returnAll(plan: Plan): Promise<Section> {
	const server = await startServer();
	const blocks: string[] = [];
	try {
		for (const runtime of plan.runtimes) {
			for (const latencyMs of LATENCIES) {
				plan.say(`Return All, ${runtime.label}, ${latencyMs} ms`);
				await server.ask({ latencyMs });
				blocks.push(`### ${runtime.label}, ${latencyMs} ms server latency`);
				blocks.push(await compare(plan, runtime, server));
			}
		}
	} finally {
		server.close();
	}
	return { title: 'Return All: 10,000 threads in 100 pages', blocks };
}

async function compare(plan: Plan, runtime: Runtime, server: FastServer): Promise<string> {
	const contenders: Contender[] = SUBJECTS.map(([label, subject]) => ({
		label,
		subject,
		settings: { apiUrl: server.apiUrl },
	}));
	const times = await race(runtime, contenders, {
		rounds: plan.rounds,
		warmUps: 2,
		around: {
			before: async () => await server.ask(),
			after: async () => ({ ...(await server.ask()) }),
		},
	});
	const memory = await fresh(runtime, contenders, plan.fewRounds, {
		apiUrl: server.smallUrl,
	});
	const msOf = times.map((runs) => runs.map(({ ms }) => ms));
	const cpuOf = times.map((runs) => runs.map(({ cpuMs }) => cpuMs));
	return table(
		['', 'ms', '× undici', '× node', 'CPU, ms', '× undici', 'peak memory, MB', 'requests', 'rows'],
		contenders.map(({ label }, index) => [
			label,
			ranged(spread(msOf[index])),
			ranged(ratios(msOf[index], msOf[0]), 2),
			ranged(ratios(msOf[index], msOf[1]), 2),
			ranged(spread(cpuOf[index])),
			ranged(ratios(cpuOf[index], cpuOf[0]), 2),
			ranged(spread(memory[index].map(({ peakMB }) => peakMB))),
			String(times[index][0].facts.requests),
			String(times[index][0].facts.rows),
		]),
	);
}
