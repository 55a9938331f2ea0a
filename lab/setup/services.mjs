import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { logged } from './command.mjs';
import { StepError } from './progress.mjs';

/** Debian keeps the server's programs off the PATH, one folder a version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder that holds initdb and postgres: POSTGRES_BIN, else on the PATH, else Debian's newest; undefined when there is none. */
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

/** The program redis-server: REDIS_SERVER, else on the PATH; undefined when there is none. */
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

/** n8n's queue mode needs PostgreSQL and Redis; Debian's are installed when apt-get may be used. */
export const installServices = {
	title: 'Installing PostgreSQL and Redis for the queue tests',
	hint: 'about a minute',
	isDone: () => missing().length === 0,
	async run(report) {
		const packages = missing();
		const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
		if (!isDebianRoot) {
			throw new StepError(
				`The tests of n8n's queue mode need PostgreSQL and Redis. Install them (on Debian and Ubuntu: ` +
					`sudo apt-get install ${packages.join(' ')}), or name PostgreSQL's folder of programs in the ` +
					'environment variable POSTGRES_BIN and the program redis-server in REDIS_SERVER.',
			);
		}
		const env = { DEBIAN_FRONTEND: 'noninteractive' };
		await logged('apt-update', 'apt-get', ['update'], { env, report });
		const args = ['install', '-y', '--no-install-recommends', ...packages];
		await logged('install-services', 'apt-get', args, { env, report });
		const left = missing();
		if (left.length > 0) throw new StepError(`apt-get install left without: ${left.join(', ')}`);
	},
};
