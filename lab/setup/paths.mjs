import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The lab's folder, the project's, and where the lab keeps its files (ignored by git). */
export const LAB = join(dirname(fileURLToPath(import.meta.url)), '..');
export const ROOT = join(LAB, '..');
export const CACHE = join(LAB, '.n8n-lab');
export const LOGS = join(CACHE, 'logs');
/** The packed package, under a name without its version. */
export const TARBALL = join(CACHE, 'package.tgz');

/** Reads a JSON file; undefined if there is none. */
export function readJson(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The script of a package's command, to be run with Node: without a shell, on any system. */
export function bin(packageName, command = packageName) {
	const folder = join(ROOT, 'node_modules', packageName);
	const { bin: entry } = readJson(join(folder, 'package.json'));
	return join(folder, typeof entry === 'string' ? entry : entry[command]);
}
