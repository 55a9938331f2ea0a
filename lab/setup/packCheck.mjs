import { execFileSync } from 'node:child_process';

import { TARBALL } from './paths.mjs';
import { StepError } from './progress.mjs';

const ALLOWED =
	/^(dist\/.+\.(js|d\.ts|json|svg|png)|index\.js|package\.json|README\.md|LICENSE(\.md)?|CHANGELOG\.md)$/;
const REQUIRED = ['index.js', 'package.json', 'README.md', 'CHANGELOG.md'];
const REFUSED = /\.tsbuildinfo$|^dist\/(package\.json|test\/|sandbox\/|lab\/)/;

/** The package has no runtime dependencies, so that `npm audit` has nothing to flag. */
const DEPENDENCIES = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
];

function read(entry) {
	return execFileSync('tar', ['-xzOf', TARBALL, `package/${entry}`], { encoding: 'utf8' });
}

/**
 * Checks that the tarball contains what is needed, everything that its n8n section names, and nothing else.
 * Throws a StepError that lists what is wrong. @returns the number of files
 */
export function checkTarball() {
	const list = execFileSync('tar', ['-tzf', TARBALL], { encoding: 'utf8' });
	const files = list
		.split('\n')
		.filter((line) => line !== '' && !line.endsWith('/'))
		.map((line) => line.replace(/^package\//, ''));
	const manifest = JSON.parse(read('package.json'));
	const wanted = [...REQUIRED, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const faults = [
		...files
			.filter((file) => !ALLOWED.test(file) || REFUSED.test(file))
			.map((file) => `${file} must not be in it`),
		...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is not in it`),
	];
	if (!files.some((file) => file.startsWith('LICENSE'))) faults.push('LICENSE is not in it');
	for (const file of files.filter((name) => /\.(node|credentials)\.js$/.test(name))) {
		if (!wanted.includes(file)) faults.push(`${file} is not named in package.json`);
		for (const [, icon] of read(file).matchAll(/['"]file:([^'"]+)['"]/g)) {
			const parts = [...file.split('/').slice(0, -1), ...icon.split('/')];
			const path = parts.reduce((all, part) => {
				if (part === '..') return all.slice(0, -1);
				return part === '.' || part === '' ? all : [...all, part];
			}, []);
			if (!files.includes(path.join('/'))) faults.push(`${file} shows ${icon}, which is not in it`);
		}
	}
	for (const group of DEPENDENCIES) {
		const packages = manifest[group] ?? {};
		if (packages === true || Object.keys(packages).length > 0)
			faults.push(`package.json has ${group}`);
	}
	if (faults.length > 0) throw new StepError(`The tarball:\n  ${faults.join('\n  ')}`);
	return files.length;
}
