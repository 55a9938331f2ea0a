/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, LAB, n8nEnvironment } from '../boot/environment';
import { findNode } from '../boot/versions';
import { startGuarded, type GuardedProcess } from '../boot/process';
import { waitUntilReady } from '../boot/ready';

/** One n8n process of the queue: what it shares with the others, and what is its own. */
export interface InstanceSetup {
	/** n8n's command and its options: `start`, or `worker` and more. */
	args: string[];
	userFolder: string;
	encryptionKey: string;
	/** Added to n8n's environment, last. */
	env: Record<string, string>;
	logFile: string;
	/** Whether it answers, asked again and again. */
	isReady(port: number): Promise<boolean>;
}

export interface Instance {
	server: GuardedProcess;
	port: number;
}

/**
 * Starts one n8n process on free ports and waits until it answers. It ends with this process, and its folder is
 * removed then. Throws with the end of its log when it does not come up; nothing is left running then.
 */
export async function bootInstance(setup: InstanceSetup): Promise<Instance> {
	mkdirSync(join(setup.userFolder, '.n8n'), { recursive: true });
	for (let attempt = 1; ; attempt++) {
		const outcome = await bootOnce(setup);
		if (typeof outcome !== 'string') return outcome;
		// A port that was free a moment ago may be somebody else's by now.
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
			// A worker's own server, for its health only, has another variable for its port.
			extra: { QUEUE_HEALTH_CHECK_PORT: String(port), ...setup.env },
		}),
		logFile,
		removeFolder: userFolder,
	});
	let instance: Instance | undefined;
	try {
		const probe = { isReady: async () => await setup.isReady(port) };
		const obstacle = await waitUntilReady(probe, server, { logFile });
		if (obstacle !== undefined) return obstacle;
		instance = { server, port };
		return instance;
	} finally {
		if (instance === undefined) await server.kill();
	}
}
