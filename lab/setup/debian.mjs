import { existsSync } from 'node:fs';

import { logged } from './command.mjs';
import { StepError } from './progress.mjs';

/**
 * Installs Debian packages where apt-get may be used: as root, on Debian and the like.
 * Throws a StepError with `otherwise`, which says what a person is to do, anywhere else.
 */
export async function installDebianPackages(name, packages, otherwise) {
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) throw new StepError(otherwise);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	await logged('apt-update', 'apt-get', ['update'], { env });
	const args = ['install', '-y', '--no-install-recommends', ...packages];
	await logged(`install-${name}`, 'apt-get', args, { env });
}
