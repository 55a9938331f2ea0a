const { mkdir, rm, writeFile } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { basename, dirname, relative } = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const ENTRIES = [...n8n.credentials, ...n8n.nodes];
const BUNDLE = 'dist/trustpager.js';

/** esbuild's options for the bundle; the benchmarks make one of their own with them. */
const bundleOptions = {
	stdin: {
		contents: ENTRIES.map((file) => file.replace(/^dist\//, './').replace(/\.js$/, ''))
			.map((source) => `export * from '${source}';`)
			.join('\n'),
		resolveDir: __dirname,
		loader: 'ts',
	},
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	external: ['n8n-workflow'],
	// A third smaller than with names and indentation. The source map is not published: lab/stackTrace.mjs reads a stack
	// trace with it.
	minify: true,
	sourcemap: 'external',
	banner: { js: "'use strict';" },
};

/** What is no longer built must not be published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

function types() {
	return spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit'], {
		stdio: 'inherit',
	});
}

/** All code in one file, which n8n loads in a third of the time that a hundred small ones take it. */
async function bundle() {
	await esbuild.build({ ...bundleOptions, outfile: BUNDLE });
}

/** Where n8n looks for each class: a file named like it. */
async function entries() {
	for (const file of ENTRIES) {
		const [name] = basename(file).split('.');
		const path = relative(dirname(file), BUNDLE).replaceAll('\\', '/');
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, `'use strict';\nexports.${name} = require('${path}').${name};\n`);
	}
}

function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function codex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'));
}

/** What n8n shows of an operation before it has run. */
function previews() {
	return src('nodes/**/__schema__/**/*.json', { encoding: false }).pipe(dest('dist/nodes'));
}

exports.build = series(clean, parallel(types, bundle, entries, icons, codex, previews));
exports.default = exports.build;
exports.bundleOptions = bundleOptions;
