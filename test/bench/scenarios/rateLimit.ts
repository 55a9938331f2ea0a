import { sleep } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { goal, ranged, table, type Section } from '../parent/report';
import type { Runtime } from '../parent/runtimes';
import { spread } from '../parent/stats';
import { Worker } from '../parent/worker';
import type { Plan } from './types';

const LIMIT = 60;
const MOST_RATIO = 1.05;

interface Case {
	label: string;
	processes: number;
	/** Shorter than a minute to save time, but not too short: a burst's own duration and Retry-After's whole seconds count. */
	windowMs: number;
}
const CASES: Case[] = [
	{ label: 'one n8n', processes: 1, windowMs: 10_000 },
	{ label: 'two n8n on the same key', processes: 2, windowMs: 10_000 },
];

/** 300 sends a process with 60 allowed in a window that is shortened; against the sandbox, which counts and refuses. */
export async function rateLimit(plan: Plan): Promise<Section> {
	const count = plan.quick ? 120 : 300;
	const runtime = plan.runtimes[0];
	const rows: string[][] = [];
	for (const { label, processes, windowMs } of CASES) {
		const ratios: number[] = [];
		const totals = { failed: 0, twice: 0, missing: 0, refused: 0 };
		for (let round = 0; round < plan.fewRounds; round++) {
			plan.say(`Rate limit, ${label}, round ${round + 1}`);
			const result = await once(runtime, processes, count, windowMs);
			ratios.push(result.ratio);
			totals.failed += result.failed;
			totals.twice += result.twice;
			totals.missing += result.missing;
			totals.refused += result.refused;
		}
		rows.push([
			`${label}, window ${windowMs / 1000} s`,
			String(totals.failed),
			String(totals.twice),
			String(totals.missing),
			(totals.refused / plan.fewRounds).toFixed(0),
			ranged(spread(ratios), 3),
			goal(spread(ratios).median, MOST_RATIO, spread(ratios).median.toFixed(3)),
		]);
	}
	const header = ['', 'failed', 'sent twice', 'not sent', '429 a round', '× minimum', 'goal'];
	return {
		title: `At the rate limit: ${count} sends a process, ${LIMIT} a window, ${runtime.label}`,
		blocks: [table(header, rows)],
	};
}

async function once(runtime: Runtime, processes: number, count: number, windowMs: number) {
	const sandbox = await startSandbox({ seed: 'empty', rateLimit: { limit: LIMIT, windowMs } });
	const workers = Array.from({ length: processes }, () => new Worker(runtime, 'rateLimit.node'));
	try {
		await sandbox.control.set({ credits: 1_000_000 });
		const settings = (name: string, items: number) => ({
			name,
			count: items,
			windowMs,
			limit: LIMIT,
			apiUrl: sandbox.apiUrl,
			apiKey: sandbox.keys.full,
		});
		await Promise.all(workers.map((worker, index) => worker.run(settings(`warm.${index}`, 1))));
		await sleep(windowMs);
		await sandbox.control.clearRequests();
		const runs = await Promise.all(
			workers.map((worker, index) => worker.run(settings(`mail.${index}`, count))),
		);
		const least = (Math.ceil((count * processes) / LIMIT) - 1) * windowMs;
		return {
			ratio: Math.max(...runs.map(({ ms }) => ms)) / least,
			failed: runs.reduce((sum, { facts }) => sum + facts.failed, 0),
			...(await deliveries(sandbox, count * processes)),
		};
	} finally {
		for (const worker of workers) worker.end();
		await sandbox.close();
	}
}

async function deliveries(sandbox: Sandbox, wanted: number) {
	const times = new Map<string, number>();
	for (const { to } of await sandbox.control.outbox()) {
		if (to.startsWith('mail.')) times.set(to, (times.get(to) ?? 0) + 1);
	}
	const requests = await sandbox.control.requests();
	return {
		twice: [...times.values()].filter((sent) => sent > 1).length,
		missing: wanted - times.size,
		refused: requests.filter(({ status }) => status === 429).length,
	};
}
