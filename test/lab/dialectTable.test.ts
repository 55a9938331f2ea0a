/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { dialects } from '../../sandbox';

const FILE = join(__dirname, '..', '..', 'lab', 'setup', 'dialectTable.mjs');
const SCRIPT = `import { readFileSync } from 'node:fs';
	const lab = await import(process.argv[1]);
	const report = JSON.parse(readFileSync(0, 'utf8'));
	console.log(JSON.stringify({ ...lab.dialectTable(report), dialects: lab.DIALECTS }));`;

function run(...testResults: object[]) {
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT, FILE], {
		input: JSON.stringify({ testResults }),
		encoding: 'utf8',
	});
	return JSON.parse(output) as { text: string; hasGaps: boolean; dialects: string[] };
}

/** The rows of the table as lists of cells. */
const rowsOf = ({ text }: { text: string }) =>
	text
		.split('\n')
		.slice(2)
		.map((line) => line.split(/ {2,}/));

interface Test {
	ancestorTitles: string[];
	title: string;
	status: string;
}

/** A suite with these tests in each dialect. */
function suite(name: string, titles: string[], more: Test[] = []) {
	const tests = dialects.flatMap((dialect) =>
		titles.map((title) => ({ ancestorTitles: [dialect], title, status: 'passed' })),
	);
	return { name: `/anywhere/test/${name}.test.ts`, assertionResults: [...tests, ...more] };
}

const OPERATIONS = suite('dialects/operations', [
	'thread: getAll: unread ones: only these',
	'thread: getAll: all',
	'email: send: once',
]);
const CONTRACT = suite('lab/contract/dialects', []);
CONTRACT.assertionResults = dialects.flatMap((dialect) => [
	{
		ancestorTitles: [`a server of the dialect ${dialect}`],
		title: 'is recognized',
		status: 'passed',
	},
	{ ancestorTitles: [], title: `what a server of the dialect ${dialect} speaks`, status: 'passed' },
]);
const OTHERS = [
	suite('dialects/trigger', ['one', 'two']),
	suite('dialects/model', ['three']),
	suite('dialects/pickers', ['threads']),
	suite('dialects/examples', ['triage']),
	CONTRACT,
];
const FULL = [
	['email: send', '1', '1', '1', '1'],
	['thread: getAll', '2', '2', '2', '2'],
	['trigger', '3', '3', '3', '3'],
	['pickers', '1', '1', '1', '1'],
	['examples', '1', '1', '1', '1'],
	['contract', '2', '2', '2', '2'],
];

/** The table without gaps, with another row. */
const fullBut = (row: string, ...cells: string[]) =>
	FULL.map((line) => (line[0] === row ? [row, ...cells] : line));

test('has a column for each dialect of the sandbox, and aligned rows', () => {
	const { text, dialects: columns } = run(OPERATIONS, ...OTHERS);
	expect(columns).toEqual(dialects);
	const [head, line, ...body] = text.split('\n');
	expect(head).toBe(`Tests passed, by dialect  ${dialects.join('  ')}`);
	expect(new Set([line, ...body].map(({ length }) => length))).toEqual(new Set([head.length]));
});

test('counts what passed in each dialect; tests of none, and other suites, do not count', () => {
	const none = { ancestorTitles: [], title: 'no operation is left out', status: 'passed' };
	const operations = suite('dialects/operations', [], [...OPERATIONS.assertionResults, none]);
	const table = run(operations, ...OTHERS, suite('listSearch/dialects', ['x']));
	expect(rowsOf(table)).toEqual(FULL);
	expect(table.hasGaps).toBe(false);
});

test('failures are counted, and are no gap', () => {
	const failed = { ancestorTitles: ['generated'], title: 'four', status: 'failed' };
	const table = run(OPERATIONS, ...OTHERS, suite('dialects/trigger', [], [failed]));
	expect(rowsOf(table)).toEqual(fullBut('trigger', '3', '3', '1 FAILED', '3'));
	expect(table.hasGaps).toBe(false);
});

test('an operation without a test in one dialect is a gap', () => {
	const tests = OPERATIONS.assertionResults.filter(
		({ ancestorTitles: [dialect], title }) => dialect !== 'stranger' || /^thread/.test(title),
	);
	const table = run(suite('dialects/operations', [], tests), ...OTHERS);
	expect(rowsOf(table)).toEqual(fullBut('email: send', '1', '1', '1', '-'));
	expect(table.hasGaps).toBe(true);
});

test.each(['pending', 'todo'])('a test that is %s is a gap', (status) => {
	const skipped = { ancestorTitles: ['2026-04'], title: 'later', status };
	const table = run(OPERATIONS, ...OTHERS, suite('dialects/pickers', [], [skipped]));
	expect(rowsOf(table)).toEqual(fullBut('pickers', '1 SKIPPED', '1', '1', '1'));
	expect(table.hasGaps).toBe(true);
});

test('suites that could not run, or are not there, leave gaps', () => {
	const broken = { name: '/anywhere/test/dialects/operations.test.ts', assertionResults: [] };
	const table = run(broken, ...OTHERS.slice(2));
	const gap = ['-', '-', '-', '-'];
	expect(rowsOf(table)).toEqual([['operations', ...gap], ['trigger', ...gap], ...FULL.slice(3)]);
	expect(table.hasGaps).toBe(true);
});

test('a new suite of test/dialects has a row of its own', () => {
	const table = run(OPERATIONS, ...OTHERS, suite('dialects/credential', ['works']));
	expect(rowsOf(table)).toEqual([...FULL, ['dialects/credential', '1', '1', '1', '1']]);
});

test('without a report, nothing passes for tested', () => {
	expect(run().hasGaps).toBe(true);
});
