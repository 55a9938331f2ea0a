import { sleep } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { tunablePackage } from '../package';
import type { Plan } from '../plan';
import { goal, median, ranged, table, type Section } from '../report';
import { Worker, type Runtime } from '../worker';

const LIMIT = 60;
/** `Retry-After` has whole seconds, so processes that meet need the real window. */
const WINDOW_MS = 60_000;
const MAX_REFUSED = 3;
/** Of the slowest process over the mean of all. */
const MAX_LAG = 1.5;

interface Case {
	label: string;
	processes: number;
	/** Goal for the time it takes over the least that the limit allows. */
	maxRatio: number;
}

const CASES: Case[] = [
	{ label: 'one n8n', processes: 1, maxRatio: 1.03 },
	{ label: 'two on the same key', processes: 2, maxRatio: 1.05 },
	{ label: 'four on the same key', processes: 4, maxRatio: 1.05 },
];

interface Round {
	/** The time it took over the least that the limit allows. */
	ratio: number;
	failed: number;
	duplicates: number;
	missing: number;
	/** By the process that was refused most. */
	refused: number;
	/** The time of the slowest process over the mean of all. */
	lag: number;
}

/** Sends of one or more processes, with a key that allows 60 in a window, against the sandbox, which counts and refuses. */
export async function rateLimit(plan: Plan): Promise<Section> {
	const count = plan.quick ? 120 : 300;
	const runtime = plan.runtimes[0];
	// They wait nearly all the time, and so do not disturb each other.
	const results = await Promise.all(
		CASES.map(async (one) => {
			const rounds: Round[] = [];
			for (let round = 1; round <= plan.fewRounds; round++) {
				plan.log(`Rate limit, ${one.label}, round ${round}`);
				rounds.push(await once(runtime, one, count));
			}
			return rounds;
		}),
	);
	const values = (row: number, key: keyof Round) => results[row].map((round) => round[key]);
	const sum = (row: number, key: keyof Round) =>
		String(values(row, key).reduce((total, value) => total + value, 0));
	const most = (row: number, key: keyof Round) => Math.max(...values(row, key));
	return {
		title: `At the rate limit: ${count} sends in total, ${LIMIT} per minute, ${runtime.label}`,
		blocks: [
			table(
				CASES.map(({ label }) => label),
				[
					['failed', (row) => sum(row, 'failed')],
					['sent twice', (row) => sum(row, 'duplicates')],
					['not sent', (row) => sum(row, 'missing')],
					['× minimum', (row) => ranged(values(row, 'ratio'), 3)],
					[
						'goal',
						(row) =>
							goal(
								median(values(row, 'ratio')),
								CASES[row].maxRatio,
								median(values(row, 'ratio')).toFixed(3),
							),
					],
					[
						'most 429s of a process',
						(row) => goal(most(row, 'refused'), MAX_REFUSED, String(most(row, 'refused'))),
					],
					[
						'slowest process, × mean',
						(row) => goal(most(row, 'lag'), MAX_LAG, most(row, 'lag').toFixed(2)),
					],
				],
			),
		],
	};
}

async function once(runtime: Runtime, { processes }: Case, total: number): Promise<Round> {
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
		// Until nothing counts any more, neither for the server nor for the node.
		await sleep(2 * WINDOW_MS);
		await control.clearRequests();
		const runs = await send('mail', total / processes);
		const times = runs.map(({ ms }) => ms);
		const slowest = Math.max(...times);
		return {
			ratio: slowest / ((Math.ceil(total / LIMIT) - 1) * WINDOW_MS),
			lag: slowest / (times.reduce((all, ms) => all + ms, 0) / processes),
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
	const refused = new Map<string, number>();
	for (const { status, body } of await control.requests()) {
		if (status !== 429) continue;
		const [, process] = String((body as { to_email?: unknown } | undefined)?.to_email).split('.');
		refused.set(process, (refused.get(process) ?? 0) + 1);
	}
	return {
		duplicates: [...times.values()].filter((sent) => sent > 1).length,
		missing: wanted - times.size,
		refused: Math.max(0, ...refused.values()),
	};
}
