import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { runJest } from '../setup/jest.mjs';
import { nodeOf, releaseOf, VERSIONS } from '../setup/n8n.mjs';
import { ROOT } from '../setup/paths.mjs';
import { StepError } from '../setup/progress.mjs';
import { SUITES, table } from './table.mjs';

/** The versions of these names, without any name all of them. Throws a StepError for a name that is not in versions.json. */
export function versionsOf(names) {
	const unknown = names.filter((name) => !VERSIONS.some((version) => version.name === name));
	if (unknown.length === 0) {
		return names.length === 0 ? VERSIONS : VERSIONS.filter(({ name }) => names.includes(name));
	}
	const known = VERSIONS.map(({ name }) => name).join(', ');
	throw new StepError(`There is no n8n ${unknown.join(', ')} in lab/versions: ${known}`);
}

/**
 * What shows on an older n8n only what it shows on the newest: it is about servers, the package or time, or runs again
 * through n8n's other entry point what is about TrustPager's answers.
 */
const REPEATED = [
	'test/(dialects|package|previews|upgrade)/',
	'test/faults/(hang|rateLimit)',
	'test/execution/paginationFunction/(?!errorMatrix|parameters|proof|tools)',
];

/** Every other test that imports n8n-core, found by Jest. */
const ENGINE_TESTS = [
	'--findRelatedTests',
	join(ROOT, 'test', 'engine', 'engine.ts'),
	'--testPathIgnorePatterns',
	...REPEATED,
];

async function runVersion(version) {
	const head = `${releaseOf(version)} on Node ${nodeVersionOf(version)}`;
	const env = { TRUSTPAGER_N8N_VERSION: version.name };
	console.log(`\n=== n8n ${head}, booted`);
	const e2e = await runJest(
		`versions-e2e-${version.name}`,
		['--config', join(ROOT, 'test', 'e2e', 'jest.config.js'), '--ci', ...SUITES],
		{ env },
	);
	console.log(`\n=== n8n ${head}, engine only`);
	const engine = await runJest(
		`versions-engine-${version.name}`,
		['--config', join(ROOT, 'test', 'engine', 'jest.config.js'), '--ci', ...ENGINE_TESTS],
		{ env, node: nodeOf(version) },
	);
	return { head: `n8n ${head}`, e2e, engine };
}

function nodeVersionOf(version) {
	const { stdout } = spawnSync(nodeOf(version), ['-p', 'process.versions.node']);
	return String(stdout).trim();
}

/** Tests one version after another and prints the table. @returns { passed, failed } in total */
export async function runVersions(versions) {
	const columns = [];
	for (const version of versions) columns.push(await runVersion(version));
	const reports = columns.map(({ head, e2e, engine }) => ({
		head,
		e2e: e2e.report,
		engine: engine.report,
	}));
	console.log(`\n${table(reports)}\n`);
	const sum = (count) =>
		columns.reduce((total, { e2e, engine }) => total + e2e[count] + engine[count], 0);
	return { passed: sum('passed'), failed: sum('failed') };
}
