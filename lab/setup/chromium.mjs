import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { installDebianPackages } from './debian.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The Chromium for browser tests: CHROMIUM, else one on the PATH; undefined if there is none. */
export function findChromium() {
	if (process.env.CHROMIUM) return process.env.CHROMIUM;
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		for (const name of NAMES) {
			const file = join(folder, name);
			if (existsSync(file)) return file;
		}
	}
	return existsSync(MAC) ? MAC : undefined;
}

/** Browser tests need a Chromium; Debian's is installed if there is none and apt-get may be used. */
export const installChromium = {
	title: 'Installing Chromium for the browser tests',
	typicalSeconds: 30,
	isDone: () => findChromium() !== undefined,
	async run() {
		await installDebianPackages(
			'chromium',
			['chromium', 'fonts-dejavu-core'],
			'The browser tests need Chromium. Install it (on Debian and Ubuntu: sudo apt-get install chromium), ' +
				'or set the environment variable CHROMIUM to a browser.',
		);
	},
};
