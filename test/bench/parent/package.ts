/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../process/paths';

let prepared: string | undefined;

/**
 * A copy of the built package in a folder of its own, as if installed in n8n: nothing of this project's node_modules is
 * near, so it finds the lab's n8n-workflow. BENCH_FROM names another build to measure.
 */
export function preparedPackage(): string {
	if (prepared) return prepared;
	const temporary = mkdtempSync(join(tmpdir(), 'trustpager-bench-'));
	process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
	prepared = join(temporary, 'node_modules', 'n8n-nodes-trustpager');
	mkdirSync(prepared, { recursive: true });
	const from = process.env.BENCH_FROM ?? ROOT;
	for (const entry of ['package.json', 'index.js', 'dist']) {
		cpSync(join(from, entry), join(prepared, entry), { recursive: true });
	}
	return prepared;
}
