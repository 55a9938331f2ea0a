import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { logged, npm } from './command.mjs';
import { findChromium } from './chromium.mjs';
import { isInstalled } from './installed.mjs';
import { LAB } from './paths.mjs';
import { StepError } from './progress.mjs';

/** Installs n8n and the Node 24 it needs. npm ci cannot: optional packages of other systems lack in the lockfile. */
export const installN8n = {
	title: 'Installing n8n for the lab',
	hint: 'the first time 2 to 4 minutes, 2.5 GB',
	isDone: () => isInstalled(LAB),
	async run(report) {
		const args = [
			'install',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--no-save',
			'--no-audit',
			'--no-fund',
		];
		await npm('install-n8n', args, { cwd: LAB, report });
	},
};

/** The folder of the lab's own Node 24 (bin and include in it), or undefined on other systems. */
function ownNode() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const folder = join(LAB, 'node_modules', `node-${platform}-${process.arch}`);
	return existsSync(join(folder, 'bin')) ? folder : undefined;
}

const SQLITE = join(LAB, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

/** n8n's database driver is native: fetched ready-made where that is possible, else compiled. */
export const buildSqlite = {
	title: "Building n8n's database driver",
	hint: 'about 2 minutes when it has to be compiled',
	isDone: () => existsSync(SQLITE),
	async run(report) {
		const node = ownNode();
		const headers = node !== undefined && existsSync(join(node, 'include')) ? node : undefined;
		const env = {
			...(node && { PATH: [join(node, 'bin'), process.env.PATH].join(delimiter) }),
			...(headers && { npm_config_nodedir: headers }),
			JOBS: 'max',
		};
		await npm(
			'build-sqlite',
			['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'],
			{
				cwd: LAB,
				env,
				report,
			},
		);
		if (!existsSync(SQLITE)) throw new StepError('npm rebuild sqlite3 left no driver behind.');
	},
};

/** Browser tests need a Chromium; Debian's is installed when nobody has one and apt-get may be used. */
export const installChromium = {
	title: 'Installing Chromium for the browser tests',
	hint: 'about a minute',
	isDone: () => findChromium() !== undefined,
	async run(report) {
		const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
		if (!isDebianRoot) {
			throw new StepError(
				'The browser tests need Chromium. Install it (on Debian and Ubuntu: sudo apt-get install chromium), ' +
					'or name one in the environment variable CHROMIUM.',
			);
		}
		const env = { DEBIAN_FRONTEND: 'noninteractive' };
		await logged('apt-update', 'apt-get', ['update'], { env, report });
		const args = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
		await logged('install-chromium', 'apt-get', args, { env, report });
	},
};
