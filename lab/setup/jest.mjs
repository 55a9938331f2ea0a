import { join } from 'node:path';
import { rmSync } from 'node:fs';

import { shown } from './command.mjs';
import { bin, CACHE, readJson } from './paths.mjs';

/**
 * Runs Jest in the person's terminal, on this Node or another one.
 * @returns how many tests passed and failed (a suite that cannot run counts as one failed), and Jest's own report
 */
export async function runJest(name, args, { env = {}, node = process.execPath } = {}) {
	const file = join(CACHE, `jest-${name}.json`);
	rmSync(file, { force: true });
	const code = await shown(
		node,
		[bin('jest'), ...args, '--json', `--outputFile=${file}`, '--silent=false', '--colors=false'],
		{ env },
	);
	const report = readJson(file);
	const passed = report?.numPassedTests ?? 0;
	const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, report };
}
