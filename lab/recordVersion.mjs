/**
 * Stores what people can save with the version in package.json, and what it does, in test/upgrade/versions: once, at its
 * release, and only what has changed since the version before. From then on the tests hold every later version to it.
 *
 * usage: node lab/recordVersion.mjs [--again]      --again: the version has not been released yet
 */
import { shown } from './setup/command.mjs';
import { bin } from './setup/paths.mjs';

const args = [bin('jest'), '--ci', '--runInBand', '--testMatch', '**/test/upgrade/record.ts'];
const env = { TRUSTPAGER_RECORD_AGAIN: String(process.argv.includes('--again')) };
process.exitCode = await shown(process.execPath, args, { env });
const format = [bin('prettier'), '--write', '--log-level', 'warn', 'test/upgrade/versions'];
if (process.exitCode === 0) process.exitCode = await shown(process.execPath, format);
