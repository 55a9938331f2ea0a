import { sleep } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { tunablePackage } from '../package';
import type { Plan } from '../plan';
import { goal, median, ranged, table, type Section } from '../report';
import { Worker, type Runtime } from '../worker';

const LIMIT = 60;
/** Shorter than a minute to save time, but not too short: a burst takes time, and Retry-After has whole seconds. */
const WINDOW_MS = 10_000;
const MAX_RATIO = 1.05;
const CASES = [
	{ label: 'one n8n', processes: 1 },
	{ label: 'two n8n on the same key', processes: 2 },
];

interface Round {
	/** The time it took over the least that the limit allows. */
	ratio: number;
	failed: number;
	duplicates: number;
	missing: number;
	refused: number;
}

/** 300 sends per process, 60 allowed in a shortened window, against the sandbox, which counts and refuses. */
export async function rateLimit(plan: Plan): Promise<Section> {
	const count = plan.quick ? 120 : 300;
	const runtime = plan.runtimes[0];
	const results: Round[][] = [];
	for (const { label, processes } of CASES) {
		const rounds: Round[] = [];
		for (let round = 1; round <= plan.fewRounds; round++) {
			plan.log(`Rate limit, ${label}, round ${round}`);
			rounds.push(await once(runtime, processes, count));
		}
		results.push(rounds);
	}
	const sum = (row: number, key: keyof Round) =>
		results[row].reduce((total, round) => total + round[key], 0);
	const ratios = (row: number) => results[row].map(({ ratio }) => ratio);
	return {
		title: `At the rate limit: ${count} sends per process, ${LIMIT} per window, ${runtime.label}`,
		blocks: [
			table(
				CASES.map(({ label }) => `${label}, window ${WINDOW_MS / 1000} s`),
				[
					['failed', (row) => String(sum(row, 'failed'))],
					['sent twice', (row) => String(sum(row, 'duplicates'))],
					['not sent', (row) => String(sum(row, 'missing'))],
					['429 per round', (row) => (sum(row, 'refused') / plan.fewRounds).toFixed(0)],
					['× minimum', (row) => ranged(ratios(row), 3)],
					['goal', (row) => goal(median(ratios(row)), MAX_RATIO, median(ratios(row)).toFixed(3))],
				],
			),
		],
	};
}

async function once(runtime: Runtime, processes: number, count: number): Promise<Round> {
	const sandbox = await startSandbox({
		seed: 'empty',
		rateLimit: { limit: LIMIT, windowMs: WINDOW_MS },
	});
	const folder = await tunablePackage();
	const workers = Array.from(
		{ length: processes },
		() => new Worker(runtime, 'rateLimit.node', folder),
	);
	const { apiUrl, control, keys } = sandbox;
	const send = async (name: string, items: number) => {
		const settings = { count: items, windowMs: WINDOW_MS, limit: LIMIT, apiUrl, apiKey: keys.full };
		return await Promise.all(
			workers.map(
				async (worker, index) => await worker.run({ ...settings, name: `${name}.${index}` }),
			),
		);
	};
	try {
		await control.set({ credits: 1_000_000 });
		await send('warm', 1);
		await sleep(WINDOW_MS);
		await control.clearRequests();
		const runs = await send('mail', count);
		const total = count * processes;
		const minimumMs = (Math.ceil(total / LIMIT) - 1) * WINDOW_MS;
		return {
			ratio: Math.max(...runs.map(({ ms }) => ms)) / minimumMs,
			failed: runs.reduce((failed, { facts }) => failed + facts.failed, 0),
			...(await deliveries(sandbox, total)),
		};
	} finally {
		for (const worker of workers) worker.end();
		await sandbox.close();
	}
}

async function deliveries({ control }: Sandbox, wanted: number) {
	const times = new Map<string, number>();
	for (const { to } of await control.outbox()) {
		if (to.startsWith('mail.')) times.set(to, (times.get(to) ?? 0) + 1);
	}
	const requests = await control.requests();
	return {
		duplicates: [...times.values()].filter((sent) => sent > 1).length,
		missing: wanted - times.size,
		refused: requests.filter(({ status }) => status === 429).length,
	};
}
