import type { Plan } from '../plan';
import { goal, median, ranged, table, type Section } from '../report';
import { peaks } from '../worker';

const SUBJECTS = ['attachments.node', 'attachments.naive'];
const LOADS = [
	{ label: '1 × 20 MB', count: 1, megabytes: 20, max: 65 },
	{ label: '20 × 10 MB', count: 20, megabytes: 10, max: 130 },
];
const CASES = [false, true].flatMap((inMemory) => LOADS.map((load) => ({ ...load, inMemory })));

/** Peak memory over the start, with the files on disk, where n8n 2 keeps them by default, and in memory. */
export async function attachments(plan: Plan): Promise<Section> {
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		const results: number[][][] = [];
		for (const { label, count, megabytes, inMemory } of CASES) {
			plan.log(`Attachments ${label}, ${runtime.label}`);
			const settings = { apiUrl: plan.server.apiUrl, count, megabytes, inMemory };
			const warmUp = { count: 2, megabytes: 0.01 };
			results.push(await peaks(runtime, SUBJECTS, settings, plan.fewRounds, warmUp));
		}
		const [ours, naive] = [0, 1].map((index) => results.map((each) => median(each[index])));
		blocks.push(
			`### ${runtime.label}`,
			table(
				CASES.map(({ label, inMemory }) => `${label}, ${inMemory ? 'in memory' : 'on disk'}`),
				[
					['TrustPager node, MB', (row) => ranged(results[row][0])],
					['naive, MB', (row) => ranged(results[row][1])],
					['naive ÷ node', (row) => (naive[row] / ours[row]).toFixed(1)],
					['goal', (row) => goal(ours[row], CASES[row].max, `+${ours[row].toFixed(0)} MB`)],
				],
			),
		);
	}
	return { title: 'Attachments: peak memory over the start', blocks };
}
