/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
/**
 * Rehearses a release: `npm run release` for real, of this working tree, in a throw-away clone with a throw-away
 * remote; then npm's dry run of publishing the tarball that the tests use. Publishes nothing, touches nothing here.
 *
 * usage: node --import tsx lab/release/rehearse.ts
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checkDryRun } from './dry-run';
import { Stage } from './stage';

function main(): void {
	const folder = mkdtempSync(join(tmpdir(), 'trustpager-release-'));
	try {
		const stage = new Stage(folder);
		const before = stage.version;
		stage.release();
		const { version } = stage;
		const wrong = [...stage.whatIsWrong(before), ...checkDryRun()];
		if (wrong.length > 0) throw new Error(wrong.join('\n'));
		process.stdout.write(`A release of ${version} works, and its tarball can be published.\n`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

main();
