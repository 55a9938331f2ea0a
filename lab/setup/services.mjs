import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { installDebianPackages } from './debian.mjs';
import { findPostgres, hasOwnPostgres, installPostgres } from './postgres.mjs';
import { StepError } from './progress.mjs';

export { findPostgres } from './postgres.mjs';

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

/** n8n's queue mode needs PostgreSQL, which npm has too, and Redis; Debian's is installed where apt-get may be used. */
export const installServices = {
	title: 'Installing PostgreSQL and Redis for the queue tests',
	typicalSeconds: 30,
	isDone: () => missing().length === 0,
	async run() {
		if (findPostgres() === undefined && hasOwnPostgres()) await installPostgres();
		const packages = missing();
		if (packages.length > 0)
			await installDebianPackages(
				'services',
				packages,
				`The tests of n8n's queue mode need PostgreSQL 16 or newer and Redis. Install them (on Debian and ` +
					`Ubuntu: sudo apt-get install ${packages.join(' ')}), or set the environment variable POSTGRES_BIN to ` +
					"the folder of PostgreSQL's programs and REDIS_SERVER to the program redis-server.",
			);
		const absent = missing();
		if (absent.length > 0)
			throw new StepError(`Still missing after the installation: ${absent.join(', ')}`);
	},
};
