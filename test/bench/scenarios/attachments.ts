import { fresh, type Contender } from '../parent/race';
import { goal, ranged, table, type Section } from '../parent/report';
import { startServer } from '../parent/server';
import { spread } from '../parent/stats';
import type { Plan } from './types';

const SUBJECTS: Array<[label: string, subject: string]> = [
	['TrustPager node', 'attachments.node'],
	['Naive declarative node', 'attachments.naive'],
];
const LOADS: Array<{ label: string; count: number; megabytes: number; most: number }> = [
	{ label: '1 × 20 MB', count: 1, megabytes: 20, most: 65 },
	{ label: '20 × 10 MB', count: 20, megabytes: 10, most: 130 },
];

/** Peak memory over the start. The files lie on disk, as n8n 2 keeps them unless told otherwise. */
export async function attachments(plan: Plan): Promise<Section> {
	const server = await startServer();
	const blocks: string[] = [];
	try {
		for (const runtime of plan.runtimes) {
			const rows: string[][] = [];
			for (const inMemory of [false, true]) {
				for (const { label, count, megabytes, most } of LOADS) {
					plan.say(`Attachments ${label}, ${runtime.label}`);
					const settings = { apiUrl: server.apiUrl, count, megabytes, inMemory };
					const contenders: Contender[] = SUBJECTS.map(([name, subject]) => ({
						label: name,
						subject,
						settings,
					}));
					const small = { count: 2, megabytes: 0.01 };
					const runs = await fresh(runtime, contenders, plan.fewRounds, small);
					const [ours, naive] = runs.map((all) => spread(all.map(({ peakMB }) => peakMB)));
					const megabytesShown = ours.median.toFixed(0);
					rows.push([
						`${label}, ${inMemory ? 'in memory' : 'on disk'}`,
						ranged(ours),
						ranged(naive),
						(naive.median / ours.median).toFixed(1),
						goal(ours.median, most, `+${megabytesShown} MB`),
					]);
				}
			}
			blocks.push(
				`### ${runtime.label}`,
				table(['', 'TrustPager node, MB', 'naive, MB', 'naive ÷ node', 'goal'], rows),
			);
		}
	} finally {
		server.close();
	}
	return { title: 'Attachments: peak memory over the start', blocks };
}
