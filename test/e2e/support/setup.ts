/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from '../../../lab/boot/folder';
import { versionOf } from '../../../lab/boot/versions';
import { bootN8n } from '../../../lab/n8n';
import { publishFacts, running } from './running';
import { startSandboxProcess } from './startSandbox';
import teardown from './teardown';

/** Starts the sandbox and n8n, in the version of TRUSTPAGER_N8N_VERSION, for all suites. */
export default async function setup(): Promise<void> {
	const version = versionOf(process.env.TRUSTPAGER_N8N_VERSION);
	const logFile = join(CACHE, 'logs', `e2e-n8n-${version.name}.log`);
	mkdirSync(join(CACHE, 'logs'), { recursive: true });
	rmSync(logFile, { force: true });
	let ready = false;
	try {
		const sandbox = await startSandboxProcess();
		running().sandbox = sandbox;
		const n8n = await bootN8n({
			version: version.name,
			logFile,
			onProgress: (line) => process.stdout.write(`\n${line}`),
		});
		running().n8n = n8n;
		publishFacts({ session: n8n.session, sandbox: sandbox.facts, logFile, version: version.name });
		ready = true;
	} finally {
		// Jest runs no teardown after a setup that failed.
		if (!ready) await teardown();
	}
}
