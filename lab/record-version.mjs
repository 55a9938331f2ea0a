/**
 * Stores what people can save with the version in package.json, and what it does, in test/upgrade: once, at its release.
 * From then on the tests hold every later version against it.
 *
 * usage: node lab/record-version.mjs
 */
import { shown } from './setup/command.mjs';
import { bin } from './setup/paths.mjs';

process.exitCode = await shown(process.execPath, [
	bin('jest'),
	'--ci',
	'--runInBand',
	'--testMatch',
	'**/test/upgrade/record.ts',
]);
