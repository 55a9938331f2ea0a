import { join } from 'node:path';

import { readJson } from './paths.mjs';

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * Whether node_modules holds what package.json and its lockfile ask for. npm writes node_modules/.package-lock.json
 * last, so a half-done install does not pass. Optional packages for other systems may be absent.
 */
export function isInstalled(folder) {
	const manifest = readJson(join(folder, 'package.json'));
	const lock = readJson(join(folder, 'package-lock.json'));
	const actual = readJson(join(folder, 'node_modules', '.package-lock.json'));
	if (lock === undefined || actual === undefined) return false;
	return lockFits(manifest, lock) && holdsAll(lock.packages, actual.packages);
}

/** Whether the lockfile was made for these dependencies. */
export function lockFits(manifest, lock) {
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
	return Object.entries(wanted).every(([path, entry]) => {
		if (
			path === '' ||
			entry.optional ||
			entry.devOptional ||
			entry.peer ||
			entry.link ||
			entry.extraneous
		)
			return true;
		return actual[path]?.version === entry.version;
	});
}
