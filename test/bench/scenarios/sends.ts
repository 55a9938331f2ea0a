import { fresh, race, type Contender } from '../parent/race';
import { ranged, table, type Section } from '../parent/report';
import { startServer } from '../parent/server';
import { ratios, spread } from '../parent/stats';
import type { Plan } from './types';

const SUBJECTS: Array<[label: string, subject: string]> = [
	['undici pool, 16 connections', 'sends.undici'],
	['TrustPager node', 'sends.node'],
	['The least a node can do in n8n', 'sends.bare'],
	['HTTP Request node', 'sends.httpRequest'],
];

/** 1,000 mails, recipient, subject and body by expression. */
export async function sends(plan: Plan): Promise<Section> {
	const server = await startServer();
	const blocks: string[] = [];
	const count = plan.quick ? 200 : 1000;
	const contenders: Contender[] = SUBJECTS.map(([label, subject]) => ({
		label,
		subject,
		settings: { apiUrl: server.apiUrl, count },
	}));
	try {
		for (const runtime of plan.runtimes) {
			plan.say(`${count} sends, ${runtime.label}`);
			const runs = await race(runtime, contenders, { rounds: plan.rounds, warmUps: 2 });
			const memory = await fresh(runtime, contenders, plan.fewRounds, { count: 20 });
			const msOf = runs.map((all) => all.map(({ ms }) => ms));
			const cpuOf = runs.map((all) => all.map(({ cpuMs }) => cpuMs));
			blocks.push(
				`### ${runtime.label}`,
				table(
					[
						'',
						'ms',
						'× pool',
						'CPU, ms',
						'× pool',
						'longest block, ms',
						'blocked in all, ms',
						'peak memory, MB',
					],
					contenders.map(({ label }, index) => [
						label,
						ranged(spread(msOf[index])),
						ranged(ratios(msOf[index], msOf[0]), 2),
						ranged(spread(cpuOf[index])),
						ranged(ratios(cpuOf[index], cpuOf[0]), 2),
						ranged(spread(runs[index].map(({ blockLongestMs }) => blockLongestMs))),
						ranged(spread(runs[index].map(({ blockTotalMs }) => blockTotalMs))),
						ranged(spread(memory[index].map(({ peakMB }) => peakMB))),
					]),
				),
			);
		}
	} finally {
		server.close();
	}
	return { title: `${count} sends, three fields by expression`, blocks };
}
