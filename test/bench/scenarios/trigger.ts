import { startSandbox } from '../../../sandbox';
import type { Plan } from '../plan';
import type { Measured } from '../protocol';
import { ranged, table, type Column, type Section } from '../report';
import { Worker, type Runtime } from '../worker';

const NOW = '2026-06-01T09:00:00Z';
const CHANGES = [0, 1, 10, 100];

/** One workflow's polls: nothing new, a few changed threads, and a backlog after a long stop. */
export async function trigger(plan: Plan): Promise<Section> {
	const backlog = plan.quick ? 500 : 5_000;
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		const rounds: Array<Record<string, Measured>> = [];
		for (let round = 1; round <= plan.rounds; round++) {
			plan.log(`Trigger, ${runtime.label}, round ${round}`);
			rounds.push(await history(runtime, backlog));
		}
		const labels = Object.keys(rounds[0]);
		const column = (heading: string, value: (run: Measured) => number): Column => [
			heading,
			(row) => ranged(rounds.map((round) => value(round[labels[row]]))),
		];
		blocks.push(
			`### ${runtime.label}`,
			table(labels, [
				column('requests', ({ facts }) => facts.requests),
				column('messages', ({ facts }) => facts.messages),
				column('polls', ({ facts }) => facts.polls),
				column('ms', ({ ms }) => ms),
				column('peak memory, MB', ({ peakMB }) => peakMB),
				column('state, bytes', ({ facts }) => facts.maxStateBytes),
			]),
		);
	}
	return { title: 'Trigger', blocks };
}

async function history(runtime: Runtime, backlog: number): Promise<Record<string, Measured>> {
	const sandbox = await startSandbox({ seed: 'empty', rateLimit: null, now: NOW });
	const { apiUrl, control, keys } = sandbox;
	const worker = new Worker(runtime, 'trigger.polls');
	// Messages arrive a second apart; the clock moves on so that none is older than the last poll's.
	const arrive = async (count: number) => {
		await control.advanceClock((count + 60) * 1000);
		if (count > 0) await control.addThreads(count);
	};
	const poll = async (until = 0) => {
		await control.clearRequests();
		const settings = { apiUrl, apiKey: keys.full, maxMessages: 200, until };
		const measured = await worker.run(settings);
		measured.facts.requests = (await control.requests()).length;
		return measured;
	};
	try {
		const results: Record<string, Measured> = {};
		await arrive(200);
		await poll();
		await poll();
		for (const changed of CHANGES) {
			await arrive(changed);
			results[changed === 0 ? 'idle' : `${changed} changed`] = await poll();
		}
		await arrive(backlog);
		results[`backlog of ${backlog}`] = await poll(backlog);
		return results;
	} finally {
		worker.end();
		await sandbox.close();
	}
}
