import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { readJson } from './paths.mjs';

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * Whether node_modules holds what package.json and its lockfile ask for. npm writes node_modules/.package-lock.json
 * last, so an unfinished install does not pass. Optional packages for other systems may be absent.
 */
export function isInstalled(folder) {
	const manifest = readJson(join(folder, 'package.json'));
	const lock = readJson(join(folder, 'package-lock.json'));
	const actual = readJson(join(folder, 'node_modules', '.package-lock.json'));
	if (lock === undefined || actual === undefined) return false;
	return lockFits(manifest, lock) && holdsAll(lock.packages, actual.packages);
}

/** How much of the lockfile npm has unpacked so far: "1,240 of 2,107 packages", or '' while there is nothing. */
export function unpacked(folder) {
	const { packages } = readJson(join(folder, 'package-lock.json'));
	const paths = Object.keys(packages).filter((path) => isRequired(path, packages[path]));
	// npm creates the folders first, all of them.
	const { length } = paths.filter((path) => existsSync(join(folder, path, 'package.json')));
	if (length === 0) return '';
	return `${length.toLocaleString('en-US')} of ${paths.length.toLocaleString('en-US')} packages`;
}

/** Whether the lockfile was made for these dependencies. */
function lockFits(manifest, lock) {
	const root = lock.packages[''];
	return GROUPS.every((group) => {
		const wanted = Object.entries(manifest[group] ?? {});
		const locked = root[group] ?? {};
		return (
			wanted.length === Object.keys(locked).length &&
			wanted.every(([name, range]) => locked[name] === range)
		);
	});
}

function holdsAll(wanted, actual) {
	return Object.entries(wanted).every(
		([path, entry]) => !isRequired(path, entry) || actual[path]?.version === entry.version,
	);
}

/** Whether a package of the lockfile is there on every system. */
function isRequired(path, { optional, devOptional, peer, link, extraneous }) {
	return path !== '' && !(optional || devOptional || peer || link || extraneous);
}
