/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETUP = join(__dirname, '..', '..', 'lab', 'setup');

/** The lines that a script prints. It can use the exports of setup/<module>.mjs as `lab`, and `input`. */
function linesOf(module: string, script: string, input = ''): string[] {
	const program = `const lab = await import(process.argv[1]); const input = process.argv[2]; ${script}`;
	const args = ['--input-type=module', '-e', program, join(SETUP, `${module}.mjs`), input];
	return execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd().split('\n');
}

test('in a log, each step prints plain lines when it starts and ends', () => {
	const script = `
		const steps = [
			{ title: 'Old', isDone: () => true, run: () => { throw new Error('not needed'); } },
			{ title: 'New', typicalSeconds: 120, isDone: () => false, run: async () => 'copied' },
			{ title: 'Bad', run: async () => { throw new lab.StepError('The reason.'); } },
			{ title: 'Last', run: async () => {} },
		];
		console.log(await lab.runSteps(steps, { onFailure: 'continue' }));`;
	expect(linesOf('progress', script)).toEqual([
		'[1/4] Old: already done',
		'[2/4] New, about 2 min …',
		expect.stringMatching(/^\[2\/4\] New: done in \d+ s \(copied\)$/),
		'[3/4] Bad …',
		expect.stringMatching(/^\[3\/4\] Bad: FAILED after \d+ s$/),
		'The reason.',
		'[4/4] Last …',
		expect.stringMatching(/^\[4\/4\] Last: done in \d+ s$/),
		"[ 'Bad' ]",
	]);
});

test('steps of two calls are numbered as one list', () => {
	const script = `
		const steps = (...titles) => titles.map((title) => ({ title, isDone: () => true }));
		await lab.runSteps(steps('One', 'Two'), { of: 3 });
		await lab.runSteps(steps('Three'), { before: 2 });`;
	expect(linesOf('progress', script)).toEqual([
		'[1/3] One: already done',
		'[2/3] Two: already done',
		'[3/3] Three: already done',
	]);
});

test.each([
	[
		'darwin',
		'arm64',
		'20.19.0',
		/needs Node 24\.0 or newer; this is Node 20\.19\.0\. For darwin-arm64/,
	],
	['darwin', 'arm64', '24.1.0', /^undefined$/],
	['linux', 'x64', '20.19.0', /^undefined$/],
	['win32', 'x64', '22.0.0', /^undefined$/],
])(
	'whether n8n can run on %s %s with Node %s is known before it is installed',
	(platform, arch, node, text) => {
		const here = JSON.stringify({ platform, arch, versions: { node } });
		const script = `console.log(String(lab.nodeProblem(lab.DEFAULT, JSON.parse(input))))`;
		expect(linesOf('n8n', script, here)).toEqual([expect.stringMatching(text)]);
	},
);

test('what tests leave in the temporary folder is in one that is removed after them', () => {
	expect(tmpdir()).toMatch(/trustpager-tests-\w+$/);
});

test.each([
	[
		'{ typicalSeconds: 120, detail: () => "7 of 9 packages" }',
		45,
		'45 s of about 2 min: 7 of 9 packages',
	],
	['{ typicalSeconds: 30, detail: () => "" }', 30, '30 s of about 30 s'],
	['{ typicalSeconds: 30 }', 65, '1 min 05 s, usually about 30 s'],
	['{}', 119.6, '2 min 00 s'],
])('the status of %s after %d s is "%s"', (step, seconds, text) => {
	expect(linesOf('progress', `console.log(lab.status(${step}, ${seconds}))`)).toEqual([text]);
});

test('the detail of an install counts the unpacked packages, without optional ones', () => {
	const folder = mkdtempSync(join(tmpdir(), 'trustpager-install-'));
	try {
		const packages = {
			'': {},
			'node_modules/a': {},
			'node_modules/b': {},
			'node_modules/c': { optional: true },
		};
		writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
		for (const name of ['a', 'b', 'c'])
			mkdirSync(join(folder, 'node_modules', name), { recursive: true });
		expect(linesOf('installed', 'console.log(lab.unpacked(input))', folder)).toEqual(['']);
		writeFileSync(join(folder, 'node_modules', 'a', 'package.json'), '{}');
		expect(linesOf('installed', 'console.log(lab.unpacked(input))', folder)).toEqual([
			'1 of 2 packages',
		]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
