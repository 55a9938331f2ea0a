/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { folderOf, LAB, VERSIONS } from '../../lab/boot/versions';

interface Lock {
	packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

const FOLDERS = [join(LAB, '..'), join(LAB, 'postgres'), ...VERSIONS.map(folderOf)];

/** Optional dependencies for which the lockfile has no package. npm ci refuses such a lockfile. */
function missing({ packages }: Lock): string[] {
	return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
		Object.keys(optionalDependencies).filter((name) => !isFound(packages, path, name)),
	);
}

/** Whether Node would find a package from another one's folder. */
function isFound(packages: Lock['packages'], from: string, name: string): boolean {
	for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
		folder = folder.replace(/\/$/, '');
		const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
		if (path in packages) return true;
		if (folder === '') return false;
	}
}

describe.each(FOLDERS)('the lockfile in %s', (folder) => {
	const text = readFileSync(join(folder, 'package-lock.json'), 'utf8');

	it('has the optional packages of every system', () => {
		expect(missing(JSON.parse(text) as Lock)).toEqual([]);
	});

	it('names no registry, and npm is configured not to', () => {
		expect(text).not.toContain('"resolved"');
		const npmrc = readFileSync(join(folder, '.npmrc'), 'utf8');
		expect(npmrc).toContain('omit-lockfile-registry-resolved=true');
	});
});
