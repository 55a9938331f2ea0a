import { join } from 'node:path';
import { rmSync } from 'node:fs';

import { shown } from './command.mjs';
import { bin, CACHE, readJson } from './paths.mjs';

/**
 * Runs Jest in the person's terminal.
 * @returns how many tests passed and failed; a suite that cannot run counts as one failed
 */
export async function runJest(name, args, env = {}) {
	const file = join(CACHE, `jest-${name}.json`);
	rmSync(file, { force: true });
	const code = await shown(
		process.execPath,
		[bin('jest'), ...args, '--json', `--outputFile=${file}`, '--silent=false', '--colors=false'],
		{ env },
	);
	const report = readJson(file);
	const passed = report?.numPassedTests ?? 0;
	const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}
