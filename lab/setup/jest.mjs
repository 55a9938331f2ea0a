import { join, relative } from 'node:path';
import { rmSync } from 'node:fs';

import { shown } from './command.mjs';
import { bin, CACHE, LAB, readJson, ROOT } from './paths.mjs';

/** Jest's own reporter without its totals: the command prints one, with its checks, in its last line. */
const REPORTER = join(LAB, 'setup', 'jestReporter.cjs');

/**
 * Runs Jest in the terminal, on this Node or another one. All failures are listed again at the end, as
 * `FAILED: <file>: <test>: <why>`: a long report is read from its end.
 * @returns the numbers of tests that passed and failed (a suite that cannot run counts as one failed), and Jest's report
 */
export async function runJest(name, args, { env = {}, node = process.execPath } = {}) {
	const file = join(CACHE, `jest-${name}.json`);
	rmSync(file, { force: true });
	const code = await shown(
		node,
		[
			bin('jest'),
			...args,
			'--json',
			`--outputFile=${file}`,
			'--silent=false',
			'--colors=false',
			`--reporters=${REPORTER}`,
		],
		{ env },
	);
	const report = readJson(file);
	for (const line of failures(report)) console.log(`FAILED: ${name}: ${line}`);
	const passed = report?.numPassedTests ?? 0;
	const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, report };
}

function failures(report) {
	return (report?.testResults ?? []).flatMap(({ name: suite, message, assertionResults }) => {
		const file = relative(ROOT, suite);
		const tests = assertionResults.filter(({ status }) => status === 'failed');
		if (tests.length === 0) return message ? [`${file}: ${opening(message)}`] : [];
		return tests.map(
			({ fullName, failureMessages }) => `${file}: ${fullName}: ${opening(failureMessages[0])}`,
		);
	});
}

/** The first two lines of a message: the first may be just a heading. */
const opening = (text = '') =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean)
		.slice(0, 2)
		.join(' ')
		.slice(0, 300);
