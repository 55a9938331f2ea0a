/**
 * The commands of package.json: node lab/run.mjs start|test|e2e|versions|bench|contract|pictures|previews|sandbox|setup [arguments]
 * Each runs from a bare clone with nothing but Node and npm, and installs whatever else it needs, once.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { installChromium } from './setup/chromium.mjs';
import { interrupt, logged, shown } from './setup/command.mjs';
import { dialectTable } from './setup/dialectTable.mjs';
import { runJest } from './setup/jest.mjs';
import { DEFAULT, nodeProblem, stepsOf } from './setup/n8n.mjs';
import { build, installTools, pack } from './setup/package.mjs';
import { checkTarball } from './setup/packCheck.mjs';
import { installServices } from './setup/services.mjs';
import { bin, LAB, ROOT } from './setup/paths.mjs';
import { runSteps, StepError } from './setup/progress.mjs';
import { runVersions, versionsOf } from './versions/run.mjs';

const OLDEST = [20, 19];
const LAB_STEPS = stepsOf(DEFAULT);

/** A check of npm test: counted like a test, and the others still run when it fails. */
const check = (title, typicalSeconds, name, args) => ({
	title,
	typicalSeconds,
	run: async () => void (await logged(name, process.execPath, args())),
});

const CHECKS = [
	check("Linting with n8n's rules", 20, 'lint', () => [bin('@n8n/node-cli', 'n8n-node'), 'lint']),
	check('Checking types', 20, 'types', () => [
		bin('typescript', 'tsc'),
		'--noEmit',
		'-p',
		'tsconfig.test.json',
	]),
	check("Scanning the sources with n8n's scanner", 10, 'scan-source', () => [
		join(LAB, 'scan.mjs'),
		'source',
	]),
	check("Scanning the tarball with n8n's scanner", 5, 'scan-tarball', () => [
		join(LAB, 'scan.mjs'),
		'tarball',
	]),
	{ title: 'Checking the contents of the tarball', run: async () => `${checkTarball()} files` },
	check('Rehearsing a release', 30, 'release', () => [
		'--import',
		'tsx',
		join(LAB, 'release', 'rehearse.ts'),
	]),
];

const commands = {
	async setup() {
		requireNode(DEFAULT);
		await runSteps([installTools, build, pack, ...LAB_STEPS]);
		return 0;
	},

	/** With arguments, runs nothing but Jest, with these arguments. */
	async test(args) {
		const preparation = [installTools, build, pack];
		if (args.length > 0) {
			await runSteps(preparation);
			return sum(await runJest('unit', args), 0, 0);
		}
		const before = preparation.length;
		const of = before + CHECKS.length + 1;
		await runSteps(preparation, { of });
		const failed = await runSteps(CHECKS, { onFailure: 'continue', before, of });
		console.log(`[${of}/${of}] Running the tests, about 5 min …`);
		const counts = await runJest('unit', ['--ci']);
		const { text, hasGaps } = dialectTable(counts.report);
		console.log(`\n${text}\n`);
		// Counted like a check: what was not tested in a dialect must not pass for tested.
		const missing = hasGaps ? ['Testing everything in each dialect'] : [];
		for (const title of [...failed, ...missing]) console.log(`FAILED: ${title}`);
		return sum(counts, CHECKS.length - failed.length, failed.length + missing.length);
	},

	async e2e(args) {
		requireNode(DEFAULT);
		const browser = existsSync(join(ROOT, 'test', 'e2e', 'browser')) ? [installChromium] : [];
		const queue = existsSync(join(ROOT, 'test', 'e2e', 'queue')) ? [installServices] : [];
		await runSteps([installTools, build, pack, ...LAB_STEPS, ...browser, ...queue]);
		const config = join(ROOT, 'test', 'e2e', 'jest.config.js');
		return sum(await runJest('e2e', ['--config', config, '--ci', ...args]), 0, 0);
	},

	/** Tests the package on every n8n of lab/versions, or on those named: 1.123 2.8 2.41. */
	async versions(names) {
		const versions = versionsOf(names);
		versions.forEach(requireNode);
		const others = versions.filter((version) => version !== DEFAULT);
		await runSteps([installTools, build, pack, ...LAB_STEPS, ...others.flatMap(stepsOf)]);
		return sum(await runVersions(versions), 0, 0);
	},

	/** Needs an otherwise idle machine; see test/bench. */
	async bench(args) {
		requireNode(DEFAULT);
		await runSteps([installTools, build, ...LAB_STEPS]);
		return await shown(process.execPath, ['--import', 'tsx', 'test/bench/main.ts', ...args]);
	},

	/** Asks the server of TRUSTPAGER_API_KEY what it speaks; needs no n8n. */
	async contract(args) {
		await runSteps([installTools]);
		return await shown(process.execPath, ['--import', 'tsx', 'lab/contract/main.ts', ...args]);
	},

	/** Takes the README's pictures, or only those named: panel, send … */
	async pictures(args) {
		requireNode(DEFAULT);
		await runSteps([installTools, build, pack, ...LAB_STEPS, installChromium]);
		return await shown(process.execPath, ['--import', 'tsx', 'lab/pictures.ts', ...args]);
	},

	/** Regenerates the output previews. Needed after a change to the contract or an output, and for a new operation. */
	async previews() {
		await runSteps([installTools]);
		const record = ['--ci', '--runInBand', '--testMatch', '**/test/previews/record.ts'];
		return await shown(process.execPath, [bin('jest'), ...record]);
	},

	async sandbox(args) {
		await runSteps([installTools]);
		return await shown(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args]);
	},

	async start(args) {
		requireNode(DEFAULT);
		const startedAt = Date.now();
		await runSteps([installTools, build, pack, ...LAB_STEPS]);
		return await shown(process.execPath, ['--import', 'tsx', 'lab/start.ts', ...args], {
			env: { TRUSTPAGER_LAB_STARTED_AT: String(startedAt) },
		});
	},
};

/** Prints the closing line that .ci/run reads. @returns the exit code */
function sum({ passed, failed }, checksPassed, checksFailed) {
	console.log(`${passed + checksPassed} passed, ${failed + checksFailed} failed`);
	return failed + checksFailed === 0 ? 0 : 1;
}

function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
	throw new StepError(`Node ${OLDEST.join('.')} or newer is required; this is ${process.version}.`);
}

/** n8n is large: whether there is a Node for it is checked before it is installed. */
function requireNode(version) {
	const problem = nodeProblem(version);
	if (problem !== undefined) throw new StepError(problem);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);

const [name, ...args] = process.argv.slice(2);
try {
	checkNode();
	const command = commands[name];
	if (command === undefined)
		throw new StepError(`usage: node lab/run.mjs ${Object.keys(commands).join('|')} [arguments]`);
	process.exitCode = await command(args);
} catch (error) {
	console.error(error instanceof StepError ? `\n${error.message}` : error);
	process.exitCode = 1;
}
