import type { Plan } from '../plan';
import type { Measured } from '../protocol';
import { ranged, ratios, table, type Column, type Section } from '../report';
import { peaks, race } from '../worker';

/** Subjects by label; the first is the reference of all ratios. */
const RETURN_ALL = {
	'undici, one kept connection (the limit)': 'returnAll.undici',
	'TrustPager node, Simplify off': 'returnAll.node',
	'TrustPager node, Simplify on': 'returnAll.nodeSimplified',
	'The least a node can do in n8n': 'returnAll.bare',
	'Plain declarative node, generic paging': 'returnAll.plain',
	'HTTP Request node, its own paging': 'returnAll.httpRequest',
};
const SENDS = {
	'undici pool, 16 connections': 'sends.undici',
	'TrustPager node': 'sends.node',
	'The least a node can do in n8n': 'sends.bare',
	'HTTP Request node': 'sends.httpRequest',
};
const LATENCIES_MS = [0, 20];

/** 10,000 threads in 100 pages. */
export async function returnAll(plan: Plan): Promise<Section> {
	const { server, rounds, fewRounds } = plan;
	const [labels, subjects] = [Object.keys(RETURN_ALL), Object.values(RETURN_ALL)];
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		for (const latencyMs of LATENCIES_MS) {
			plan.log(`Return All, ${runtime.label}, ${latencyMs} ms`);
			server.latencyMs = latencyMs;
			const settings = { apiUrl: server.apiUrl };
			const runs = await race(runtime, subjects, settings, rounds, server);
			const warmUp = { apiUrl: server.smallUrl };
			const memory = await peaks(runtime, subjects, settings, fewRounds, warmUp);
			const columns: Column[] = [
				...timeColumns(runs, 'undici', subjects.indexOf('returnAll.bare')),
				['peak memory, MB', (row) => ranged(memory[row])],
				['requests', (row) => String(runs[row][0].facts.requests)],
				['rows', (row) => String(runs[row][0].facts.rows)],
			];
			blocks.push(`### ${runtime.label}, ${latencyMs} ms server latency`, table(labels, columns));
		}
	}
	server.latencyMs = 0;
	return { title: 'Return All: 10,000 threads in 100 pages', blocks };
}

/** 1,000 emails; recipient, subject and body by expression. */
export async function sends(plan: Plan): Promise<Section> {
	const { server, rounds, fewRounds } = plan;
	const settings = { apiUrl: server.apiUrl, count: plan.quick ? 200 : 1000 };
	const [labels, subjects] = [Object.keys(SENDS), Object.values(SENDS)];
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		plan.log(`${settings.count} sends, ${runtime.label}`);
		const runs = await race(runtime, subjects, settings, rounds, server);
		const memory = await peaks(runtime, subjects, settings, fewRounds, { count: 20 });
		const columns: Column[] = [
			...timeColumns(runs, 'pool', subjects.indexOf('sends.bare')),
			['longest block, ms', (row) => ranged(runs[row].map((run) => run.blockLongestMs))],
			['blocked in total, ms', (row) => ranged(runs[row].map((run) => run.blockTotalMs))],
			['peak memory, MB', (row) => ranged(memory[row])],
		];
		blocks.push(`### ${runtime.label}`, table(labels, columns));
	}
	return { title: `${settings.count} sends, three fields by expression`, blocks };
}

/**
 * Times over those of the limit, which is the first row, and over the floor; goals for the latter: 1.10 for sends, 1.03
 * for Return All.
 * @param limit what the first row is called
 */
function timeColumns(runs: Measured[][], limit: string, floor: number): Column[] {
	const ms = runs.map((all) => all.map((run) => run.ms));
	const cpu = runs.map((all) => all.map((run) => run.cpuMs));
	const over = (values: number[][]): Column[] =>
		[
			{ label: limit, index: 0 },
			{ label: 'floor', index: floor },
		].map(({ label, index }) => [
			`× ${label}`,
			(row) => ranged(ratios(values[row], values[index]), 2),
		]);
	return [
		['ms', (row) => ranged(ms[row])],
		...over(ms),
		['CPU, ms', (row) => ranged(cpu[row])],
		...over(cpu),
	];
}
