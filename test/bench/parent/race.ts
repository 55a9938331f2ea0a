import type { Measured, Settings } from '../protocol';
import type { Runtime } from './runtimes';
import { Worker } from './worker';

export interface Contender {
	label: string;
	subject: string;
	settings: Settings;
}

export interface RaceOptions {
	rounds: number;
	/** Runs before the first that counts. */
	warmUps: number;
	/** Called before each run that counts and after it, to ask a server what it saw. */
	around?: { before(): Promise<unknown>; after(): Promise<Record<string, number>> };
}

/** Runs all contenders round after round, each in its own process, the order turned by one from round to round. */
export async function race(
	runtime: Runtime,
	contenders: Contender[],
	{ rounds, warmUps, around }: RaceOptions,
): Promise<Measured[][]> {
	const workers = contenders.map(({ subject }) => new Worker(runtime, subject));
	const results: Measured[][] = contenders.map(() => []);
	try {
		for (const [index, { settings }] of contenders.entries()) {
			for (let run = 0; run < warmUps; run++) await workers[index].run(settings);
		}
		for (let round = 0; round < rounds; round++) {
			for (let turn = 0; turn < contenders.length; turn++) {
				const index = (round + turn) % contenders.length;
				await around?.before();
				const measured = await workers[index].run(contenders[index].settings);
				Object.assign(measured.facts, await around?.after());
				results[index].push(measured);
			}
		}
	} finally {
		for (const worker of workers) worker.end();
	}
	return results;
}

/**
 * Memory needs a process that has not grown yet: each round is a new one, warmed up with `warmUp` (a small run that
 * loads everything).
 */
export async function fresh(
	runtime: Runtime,
	contenders: Contender[],
	rounds: number,
	warmUp: Settings,
): Promise<Measured[][]> {
	const results: Measured[][] = contenders.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, { subject, settings }] of contenders.entries()) {
			const worker = new Worker(runtime, subject);
			try {
				await worker.run({ ...settings, ...warmUp });
				results[index].push(await worker.run(settings));
			} finally {
				worker.end();
			}
		}
	}
	return results;
}
