import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { installDebianPackages } from './debian.mjs';
import { StepError } from './progress.mjs';

/** Debian keeps the server's programs off the PATH, in one folder per version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of initdb and postgres: POSTGRES_BIN, else on the PATH, else Debian's newest; undefined if there is none. */
export function findPostgres() {
	if (process.env.POSTGRES_BIN) return process.env.POSTGRES_BIN;
	const onPath = (process.env.PATH ?? '').split(delimiter);
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const folders = [...onPath, ...newestFirst.map((version) => join(DEBIAN, version, 'bin'))];
	return folders.find((folder) =>
		['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
	);
}

/** The program redis-server: REDIS_SERVER, else on the PATH; undefined if there is none. */
export function findRedis() {
	if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER;
	return (process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, 'redis-server'))
		.find((file) => existsSync(file));
}

const missing = () => [
	...(findPostgres() === undefined ? ['postgresql'] : []),
	...(findRedis() === undefined ? ['redis-server'] : []),
];

/** n8n's queue mode needs PostgreSQL and Redis; Debian's are installed where apt-get may be used. */
export const installServices = {
	title: 'Installing PostgreSQL and Redis for the queue tests',
	typicalSeconds: 30,
	isDone: () => missing().length === 0,
	async run() {
		const packages = missing();
		await installDebianPackages(
			'services',
			packages,
			`The tests of n8n's queue mode need PostgreSQL and Redis. Install them (on Debian and Ubuntu: ` +
				`sudo apt-get install ${packages.join(' ')}), or set the environment variable POSTGRES_BIN to the ` +
				"folder of PostgreSQL's programs and REDIS_SERVER to the program redis-server.",
		);
		const absent = missing();
		if (absent.length > 0)
			throw new StepError(`Still missing after apt-get install: ${absent.join(', ')}`);
	},
};
