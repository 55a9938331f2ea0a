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

import { logged, npm } from './command.mjs';
import { isInstalled, lockFits } from './installed.mjs';
import { bin, CACHE, readJson, ROOT, TARBALL } from './paths.mjs';
import { StepError } from './progress.mjs';

/** Installs the package's own tools. */
export const installTools = {
	title: "Installing the package's tools",
	hint: 'the first time about 2 minutes',
	isDone: () => isInstalled(ROOT),
	async run(report) {
		const fits = lockFits(
			readJson(join(ROOT, 'package.json')),
			readJson(join(ROOT, 'package-lock.json')),
		);
		try {
			await npm('install-tools', ['ci', ...QUIET], { report });
		} catch (error) {
			if (!(error instanceof StepError) || !error.log.includes('npm ci` can only install'))
				throw error;
			// npm ci also refuses a lockfile that lacks optional packages of other systems; npm install does not mind.
			await npm('install-tools', ['install', ...QUIET, ...(fits ? ['--no-save'] : [])], { report });
			return fits ? undefined : 'package.json had changed, so the lockfile was renewed';
		}
	},
};

const QUIET = ['--no-audit', '--no-fund'];
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

/** Both halves matter: sources that changed, and a dist that somebody else wrote or removed. */
const builtState = () => `${digest(SOURCES)} ${digest(['dist'])}`;
const packedState = () => digest(['dist', 'package.json', ...PUBLISHED]);

/** Compiles the package into dist/. */
export const build = {
	title: 'Building the package',
	isDone: () => existsSync(join(ROOT, 'dist')) && recorded(BUILT) === builtState(),
	async run(report) {
		await logged('build', process.execPath, [bin('gulp'), 'build'], { report });
		record(BUILT, builtState());
	},
};

/** Packs the package as npm would publish it. */
export const pack = {
	title: 'Packing the package',
	isDone: () => existsSync(TARBALL) && recorded(PACKED) === packedState(),
	async run(report) {
		const folder = join(CACHE, `pack-${process.pid}`);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await npm('pack', ['pack', '--ignore-scripts', '--pack-destination', folder], { report });
		renameSync(join(folder, readdirSync(folder)[0]), TARBALL);
		rmSync(folder, { recursive: true });
		record(PACKED, packedState());
		const { name, version } = readJson(join(ROOT, 'package.json'));
		return `${name} ${version}, ${(statSync(TARBALL).size / 1024).toFixed(0)} kB`;
	},
};
