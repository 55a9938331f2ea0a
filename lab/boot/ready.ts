/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';

import type { HttpClient } from './httpClient';
import type { GuardedProcess } from './process';

/**
 * Waits until n8n answers (for timeoutMs, default 120,000) and has loaded the package.
 * @returns why it is not ready, with the end of n8n's log, or undefined when it is
 */
export async function waitUntilReady(
	client: Pick<HttpClient, 'isReady'>,
	server: GuardedProcess,
	setup: { logFile: string; timeoutMs?: number },
): Promise<string | undefined> {
	const timeoutMs = setup.timeoutMs ?? 120_000;
	const deadline = Date.now() + timeoutMs;
	while (!(await client.isReady())) {
		const ended = server.exit();
		if (ended !== undefined || Date.now() > deadline) {
			const what =
				ended === undefined
					? `n8n did not answer within ${timeoutMs / 1000} s`
					: `n8n ended while starting (code ${ended.code}, signal ${ended.signal})`;
			const log = readFileSync(setup.logFile, 'utf8').split('\n').slice(-40).join('\n');
			return `${what}. The end of its log:\n${log}`;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return packageLoadError(readFileSync(setup.logFile, 'utf8'));
}

/** n8n starts even if it cannot load a package; the lab needs the package. */
function packageLoadError(log: string): string | undefined {
	const thisBoot = log.slice(Math.max(0, log.lastIndexOf('Initializing n8n process')));
	const at = thisBoot.indexOf('Failed to load package');
	return at === -1 ? undefined : thisBoot.slice(at, at + 2000);
}
