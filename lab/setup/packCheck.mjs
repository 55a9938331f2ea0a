import { execFileSync } from 'node:child_process';

import { TARBALL } from './paths.mjs';
import { StepError } from './progress.mjs';

const ALLOWED =
	/^(dist\/.+\.(js|d\.ts|json|svg|png)|index\.js|package\.json|README\.md|LICENSE(\.md)?|CHANGELOG\.md)$/;
const REQUIRED = ['index.js', 'package.json', 'README.md', 'CHANGELOG.md'];
const REFUSED = /\.tsbuildinfo$|^dist\/(package\.json|test\/|sandbox\/|lab\/)/;

/** With none of these there is nothing for `npm audit` to find in what people install. */
const INSTALLED_ALONG = [
	'dependencies',
	'optionalDependencies',
	'bundledDependencies',
	'bundleDependencies',
];

function read(entry) {
	return execFileSync('tar', ['-xzOf', TARBALL, `package/${entry}`], { encoding: 'utf8' });
}

/**
 * Whether the tarball holds what people need and nothing else, and everything its n8n section names.
 * Throws a StepError that lists what is wrong. @returns how many files there are
 */
export function checkTarball() {
	const list = execFileSync('tar', ['-tzf', TARBALL], { encoding: 'utf8' });
	const files = list
		.split('\n')
		.filter((line) => line !== '' && !line.endsWith('/'))
		.map((line) => line.replace(/^package\//, ''));
	const manifest = JSON.parse(read('package.json'));
	const wanted = [...REQUIRED, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const wrong = [
		...files
			.filter((file) => !ALLOWED.test(file) || REFUSED.test(file))
			.map((file) => `${file} does not belong in it`),
		...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is not in it`),
	];
	if (!files.some((file) => file.startsWith('LICENSE'))) wrong.push('LICENSE is not in it');
	for (const file of files.filter((name) => /\.(node|credentials)\.js$/.test(name))) {
		if (!wanted.includes(file)) wrong.push(`${file} is not named in package.json`);
		for (const [, icon] of read(file).matchAll(/['"]file:([^'"]+)['"]/g)) {
			const parts = [...file.split('/').slice(0, -1), ...icon.split('/')];
			const path = parts.reduce((all, part) => {
				if (part === '..') return all.slice(0, -1);
				return part === '.' || part === '' ? all : [...all, part];
			}, []);
			if (!files.includes(path.join('/'))) wrong.push(`${file} shows ${icon}, which is not in it`);
		}
	}
	for (const group of INSTALLED_ALONG) {
		const packages = manifest[group] ?? {};
		if (packages === true || Object.keys(packages).length > 0)
			wrong.push(`package.json has ${group}`);
	}
	if (wrong.length > 0) throw new StepError(`The tarball:\n  ${wrong.join('\n  ')}`);
	return files.length;
}
