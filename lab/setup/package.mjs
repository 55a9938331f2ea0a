import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { logged, npm, QUIET } from './command.mjs';
import { isInstalled, unpacked } from './installed.mjs';
import { bin, CACHE, readJson, ROOT, TARBALL } from './paths.mjs';

/** Installs the development dependencies. */
export const installTools = {
	title: 'Installing the development dependencies',
	typicalSeconds: 60,
	isDone: () => isInstalled(ROOT),
	detail: () => unpacked(ROOT),
	async run() {
		await npm('install-tools', ['ci', ...QUIET]);
	},
};

const SOURCES = ['credentials', 'nodes', 'icons', 'gulpfile.js', 'tsconfig.json', 'package.json'];
const PUBLISHED = ['index.js', 'README.md', 'CHANGELOG.md', 'LICENSE', 'LICENSE.md'];
const BUILT = join(CACHE, 'built');
const PACKED = join(CACHE, 'packed');

/** One digest of files' paths and contents; a path that is absent counts as such. */
function digest(paths) {
	const hash = createHash('sha256');
	const add = (path) => {
		const file = join(ROOT, path);
		if (!existsSync(file)) return void hash.update(`${path} absent\n`);
		if (statSync(file).isDirectory()) {
			for (const name of readdirSync(file).sort()) add(join(path, name));
			return;
		}
		hash.update(`${path}\n`).update(readFileSync(file));
	};
	paths.forEach(add);
	return hash.digest('hex');
}

const recorded = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function record(file, value) {
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(file, value);
}

/** Both count: sources that changed, and a dist/ that something else wrote or removed. */
const builtState = () => `${digest(SOURCES)} ${digest(['dist'])}`;
const packedState = () => digest(['dist', 'package.json', ...PUBLISHED]);

/** Compiles the package into dist/. */
export const build = {
	title: 'Building the package',
	typicalSeconds: 10,
	isDone: () => existsSync(join(ROOT, 'dist')) && recorded(BUILT) === builtState(),
	async run() {
		await logged('build', process.execPath, [bin('gulp'), 'build']);
		record(BUILT, builtState());
	},
};

/** Packs the package as npm would publish it. */
export const pack = {
	title: 'Packing the package',
	isDone: () => existsSync(TARBALL) && recorded(PACKED) === packedState(),
	async run() {
		const folder = join(CACHE, `pack-${process.pid}`);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await npm('pack', ['pack', '--ignore-scripts', '--pack-destination', folder]);
		renameSync(join(folder, readdirSync(folder)[0]), TARBALL);
		rmSync(folder, { recursive: true });
		record(PACKED, packedState());
		const { name, version } = readJson(join(ROOT, 'package.json'));
		return `${name} ${version}, ${(statSync(TARBALL).size / 1024).toFixed(0)} kB`;
	},
};
