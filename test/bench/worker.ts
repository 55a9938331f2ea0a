/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { builtPackage } from './package';
import { LAB } from './paths';
import type { Answer, Measured, Settings } from './protocol';
import type { FastServer } from './server';

/** Arguments with which Node runs the TypeScript of the benchmarks. */
export const TSX = ['--import', pathToFileURL(require.resolve('tsx')).href];

export interface Runtime {
	label: string;
	node: string;
	/** n8n's expression engine. */
	engine: 'vm' | 'legacy';
}

/** What n8n 2.41 runs on in production (Node 24, isolated expressions), and what older versions run on. */
export function runtimes(): Runtime[] {
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const production = join(LAB, 'node_modules', `node-${system}-${process.arch}`, 'bin', 'node');
	const own = process.versions.node.split('.')[0];
	const [node, major] = existsSync(production) ? [production, '24'] : [process.execPath, own];
	const legacy: Runtime = {
		label: `Node ${own}, legacy expressions`,
		node: process.execPath,
		engine: 'legacy',
	};
	if (Number(major) < 24) return [legacy];
	return [{ label: `Node ${major}, vm expressions`, node, engine: 'vm' }, legacy];
}

/** A child process that runs one subject. Ends with this process, or with `end`. */
export class Worker {
	private readonly child: ChildProcess;
	private readonly ended: Promise<[Answer]>;

	/** @param folder the package as if installed in n8n */
	constructor(
		runtime: Runtime,
		private readonly subject: string,
		folder = builtPackage(),
	) {
		const more = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter(Boolean);
		this.child = fork(join(__dirname, 'process.ts'), [runtime.engine, subject], {
			execPath: runtime.node,
			execArgv: ['--expose-gc', ...more, ...TSX],
			env: {
				...process.env,
				NODE_ENV: 'production',
				NODE_PATH: join(LAB, 'node_modules'),
				BENCH_PACKAGE: folder,
			},
		});
		this.ended = once(this.child, 'exit').then(([code]) => [
			{ error: `its process ended with code ${String(code)}` },
		]);
	}

	/** Runs the subject once. Throws what it threw. One run at a time. */
	async run(settings: Settings): Promise<Measured> {
		this.child.send(settings);
		const message = once(this.child, 'message') as Promise<[Answer]>;
		const [answer] = await Promise.race([message, this.ended]);
		if ('error' in answer) throw new Error(`${this.subject}: ${answer.error}`);
		return answer.measured;
	}

	end(): void {
		if (this.child.connected) this.child.disconnect();
	}
}

/**
 * Runs all subjects round after round, each in its own process, the order rotated by one from round to round.
 * @returns for each subject its runs, with the number of requests among the facts
 */
export async function race(
	runtime: Runtime,
	subjects: string[],
	settings: Settings,
	rounds: number,
	server: FastServer,
): Promise<Measured[][]> {
	const workers = subjects.map((subject) => new Worker(runtime, subject));
	const results: Measured[][] = subjects.map(() => []);
	try {
		for (const worker of workers) {
			for (let warmUp = 0; warmUp < 2; warmUp++) await worker.run(settings);
		}
		for (let round = 0; round < rounds; round++) {
			for (let turn = 0; turn < subjects.length; turn++) {
				const index = (round + turn) % subjects.length;
				const { requests } = server;
				const measured = await workers[index].run(settings);
				measured.facts.requests = server.requests - requests;
				results[index].push(measured);
			}
		}
	} finally {
		for (const worker of workers) worker.end();
	}
	return results;
}

/**
 * The peak memory of each subject in each round. It needs processes that have not grown yet: each run is in a new one,
 * warmed up with the settings of `warmUp` (a small run that loads everything).
 */
export async function peaks(
	runtime: Runtime,
	subjects: string[],
	settings: Settings,
	rounds: number,
	warmUp: Settings,
): Promise<number[][]> {
	const results: number[][] = subjects.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, subject] of subjects.entries()) {
			const worker = new Worker(runtime, subject);
			try {
				await worker.run({ ...settings, ...warmUp });
				results[index].push((await worker.run(settings)).peakMB);
			} finally {
				worker.end();
			}
		}
	}
	return results;
}
