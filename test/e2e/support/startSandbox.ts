/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { Facts } from './running';

/**
 * Starts the sandbox outside Jest, whose module loading supports neither its packages (ESM only) nor two files whose
 * names differ only in .ts and .json.
 * @returns its addresses and keys, and how to end it
 */
export async function startSandboxProcess(): Promise<{
	facts: Facts['sandbox'];
	close: () => Promise<void>;
}> {
	const child = fork(join(__dirname, 'sandboxProcess.ts'), {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const facts = await new Promise<Facts['sandbox']>((resolve, reject) => {
		child.once('message', (message) => resolve(message as Facts['sandbox']));
		child.once('exit', () => reject(new Error('The sandbox did not start')));
	});
	return {
		facts,
		close: async () => {
			if (child.connected) child.disconnect();
			await ended;
		},
	};
}
