/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, LAB, n8nEnvironment } from '../boot/environment';
import { findNode } from '../boot/versions';
import { startGuarded, type GuardedProcess } from '../boot/process';
import { waitUntilReady } from '../boot/ready';

/** How one n8n process of the queue is started. */
export interface InstanceSetup {
	/** n8n's command and its options: `start`, or `worker` with options. */
	args: string[];
	userFolder: string;
	encryptionKey: string;
	/** Added to n8n's environment; overrides everything else. */
	env: Record<string, string>;
	logFile: string;
	/** Whether it answers; polled until it does. */
	isReady(port: number): Promise<boolean>;
}

export interface Instance {
	server: GuardedProcess;
	port: number;
}

/**
 * Starts one n8n process on free ports and waits until it answers. It ends with this process, and its folder is removed
 * then. Throws with the end of its log if it does not start; nothing is left running then.
 */
export async function bootInstance(setup: InstanceSetup): Promise<Instance> {
	mkdirSync(join(setup.userFolder, '.n8n'), { recursive: true });
	for (let attempt = 1; ; attempt++) {
		const outcome = await bootOnce(setup);
		if (typeof outcome !== 'string') return outcome;
		// Another process may have taken a port that was free a moment ago.
		if (!/EADDRINUSE|already in use/.test(outcome) || attempt === 3) throw new Error(outcome);
	}
}

async function bootOnce(setup: InstanceSetup): Promise<Instance | string> {
	const port = await freePort();
	const { userFolder, encryptionKey, logFile } = setup;
	const server = await startGuarded({
		command: findNode(),
		args: [join(LAB, 'node_modules', 'n8n', 'bin', 'n8n'), ...setup.args],
		cwd: userFolder,
		env: n8nEnvironment({
			userFolder,
			encryptionKey,
			port,
			brokerPort: await freePort(),
			// A worker has a server only for its health, whose port is another variable.
			extra: { QUEUE_HEALTH_CHECK_PORT: String(port), ...setup.env },
		}),
		logFile,
		removeFolder: userFolder,
	});
	let instance: Instance | undefined;
	try {
		const probe = { isReady: async () => await setup.isReady(port) };
		const failure = await waitUntilReady(probe, server, { logFile });
		if (failure !== undefined) return failure;
		instance = { server, port };
		return instance;
	} finally {
		if (instance === undefined) await server.kill();
	}
}
