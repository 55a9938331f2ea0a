import { existsSync } from 'node:fs';

import { logged } from './command.mjs';
import { findChromium } from './chromium.mjs';
import { DEFAULT, stepsOf } from './n8n.mjs';
import { StepError } from './progress.mjs';

/** The n8n of npm start and npm run test:e2e, and its database driver. */
export const [installN8n, buildSqlite] = stepsOf(DEFAULT);

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
