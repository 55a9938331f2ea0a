import { startSandbox, type Sandbox } from '../../../sandbox';
import { ranged, table, type Section } from '../parent/report';
import type { Runtime } from '../parent/runtimes';
import { spread } from '../parent/stats';
import { Worker } from '../parent/worker';
import type { Measured } from '../protocol';
import type { Plan } from './types';

const NOW = '2026-06-01T09:00:00Z';
const CHANGES = [0, 1, 10, 100];

/** One workflow's polls: nothing new, a few changed threads, and a backlog after a long stop. */
export async function trigger(plan: Plan): Promise<Section> {
	const backlog = plan.quick ? 500 : 5_000;
	const blocks: string[] = [];
	for (const runtime of plan.runtimes) {
		const results = new Map<string, Measured[]>();
		for (let round = 0; round < plan.rounds; round++) {
			plan.say(`Trigger, ${runtime.label}, round ${round + 1}`);
			await history(runtime, backlog, (label, measured) =>
				results.set(label, [...(results.get(label) ?? []), measured]),
			);
		}
		blocks.push(
			`### ${runtime.label}`,
			table(
				['', 'requests', 'messages', 'polls', 'ms', 'peak memory, MB', 'state, bytes'],
				[...results].map(([label, runs]) => [
					label,
					shown(runs, 'requests'),
					shown(runs, 'messages'),
					shown(runs, 'polls'),
					ranged(spread(runs.map(({ ms }) => ms))),
					ranged(spread(runs.map(({ peakMB }) => peakMB))),
					shown(runs, 'mostStateBytes'),
				]),
			),
		);
	}
	return { title: 'Trigger', blocks };
}

const shown = (runs: Measured[], fact: string) =>
	ranged(spread(runs.map(({ facts }) => facts[fact])));

async function history(
	runtime: Runtime,
	backlog: number,
	note: (label: string, measured: Measured) => void,
) {
	const sandbox = await startSandbox({ seed: 'empty', rateLimit: null, now: NOW });
	const worker = new Worker(runtime, 'trigger.polls');
	try {
		// Mails arrive a second apart; the clock moves on so that none is older than the last poll's.
		const arrive = async (count: number) => {
			await sandbox.control.advanceClock((count + 60) * 1000);
			if (count > 0) await sandbox.control.addThreads(count);
		};
		await arrive(200);
		const poll = async (label: string, until = 0) => {
			const measured = await counted(worker, sandbox, until);
			if (label) note(label, measured);
		};
		await poll('');
		await poll('');
		for (const changed of CHANGES) {
			await arrive(changed);
			await poll(changed === 0 ? 'idle' : `${changed} changed`);
		}
		await arrive(backlog);
		await poll(`backlog of ${backlog}`, backlog);
	} finally {
		worker.end();
		await sandbox.close();
	}
}

async function counted(worker: Worker, sandbox: Sandbox, until: number): Promise<Measured> {
	await sandbox.control.clearRequests();
	const measured = await worker.run({
		workflow: 'mail',
		maxMessages: 200,
		until,
		apiUrl: sandbox.apiUrl,
		apiKey: sandbox.keys.full,
	});
	measured.facts.requests = (await sandbox.control.requests()).length;
	return measured;
}
