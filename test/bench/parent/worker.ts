/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { LAB } from '../process/paths';
import type { Answer, Measured, Settings } from '../protocol';
import { preparedPackage } from './package';
import { TSX, type Runtime } from './runtimes';

/** More arguments for Node, e.g. --cpu-prof; from BENCH_NODE_ARGS. */
const MORE = (process.env.BENCH_NODE_ARGS ?? '').split(' ').filter(Boolean);

/** A process of its own for one subject. Ends with this one, or with `end`. */
export class Worker {
	private readonly child: ChildProcess;
	private orders = 0;

	constructor(
		runtime: Runtime,
		private readonly subject: string,
	) {
		this.child = fork(join(__dirname, '..', 'process', 'subject.ts'), [runtime.engine, subject], {
			execPath: runtime.node,
			execArgv: ['--expose-gc', ...MORE, ...TSX],
			env: {
				...process.env,
				NODE_ENV: 'production',
				NODE_PATH: join(LAB, 'node_modules'),
				BENCH_PACKAGE: preparedPackage(),
			},
		});
	}

	/** Runs the subject once. Rejects with what it threw. */
	async run(settings: Settings): Promise<Measured> {
		const id = ++this.orders;
		return await new Promise((resolve, reject) => {
			const onExit = (code: number | null) =>
				reject(new Error(`The process of ${this.subject} ended with ${code}`));
			const onMessage = (answer: Answer) => {
				if (answer.id !== id) return;
				this.child.off('exit', onExit).off('message', onMessage);
				if ('error' in answer) reject(new Error(`${this.subject}: ${answer.error}`));
				else resolve(answer.measured);
			};
			this.child.on('exit', onExit).on('message', onMessage);
			this.child.send({ id, subject: this.subject, settings });
		});
	}

	end(): void {
		if (this.child.connected) this.child.disconnect();
	}
}
