import { basename } from 'node:path';

import { marksOf } from '../setup/marks.mjs';

/**
 * The row of the table for each test of a version's e2e run: that of the first entry that matches. A row's name may
 * depend on the test's title.
 */
const ROWS = [
	{ suite: 'credential', row: () => 'Credential test' },
	{ suite: 'operations', row: (title) => title.split(' ').slice(0, 2).join(': ') },
	{ suite: 'sendAndWait', row: () => 'email: sendAndWait' },
	{
		suite: 'gate',
		about: /has no gate/,
		row: () => "Human review of agents' tools: not in this n8n",
	},
	{ suite: 'gate', row: () => "Human review of agents' tools" },
	{ suite: 'trigger', row: () => 'Trigger' },
	{ suite: 'send', about: /file|binary/, row: () => 'Attachment' },
	{ suite: 'send', row: () => 'Refusals, approval, scopes' },
	{ suite: 'versions/onError', row: (title) => `On Error: ${title.split(':')[0]}` },
	{ suite: 'faults', about: /^Retry/, row: () => 'Retry On Fail' },
	{ suite: 'faults', row: () => 'Stop' },
	{ suite: 'versions/pickers', row: () => 'Pickers' },
];

/** The e2e suites that run on every version, as arguments for Jest. */
export const SUITES = [...new Set(ROWS.map(({ suite }) => `test/e2e/${suite}.test.ts`))];

/** A test's row and its rank: a test that matches none gets a row of its file's name, before the engine's row. */
function rowOf(file, { title }) {
	const rank = ROWS.findIndex(
		({ suite, about }) =>
			file.endsWith(`/test/e2e/${suite}.test.ts`) && (about?.test(title) ?? true),
	);
	return rank === -1 || title === ''
		? { rank: ROWS.length, row: basename(file) }
		: { rank, row: ROWS[rank].row(title) };
}

const ofEngine = () => ({ rank: ROWS.length + 1, row: "On n8n's engine alone" });

function cell(marks) {
	const failed = marks.filter(({ hasPassed }) => !hasPassed).length;
	if (marks.length === 0) return '✗ not run';
	if (failed > 0) return `✗ ${failed} of ${marks.length}`;
	return marks.length === 1 ? '✓' : `✓ ${marks.length}`;
}

/**
 * The table in Markdown, from Jest's reports: [{ head, e2e, engine }], one entry per version. A tick means that the row
 * has tests and all of them passed; a number gives how many, if more than one.
 */
export function table(columns) {
	const marks = columns.map(({ e2e, engine }) => [
		...marksOf(e2e, rowOf),
		...marksOf(engine, ofEngine),
	]);
	const ranks = new Map(marks.flat().map(({ row, rank }) => [row, rank]));
	const rows = [...ranks.keys()].sort((one, other) => ranks.get(one) - ranks.get(other));
	const line = (cells) => `| ${cells.join(' | ')} |`;
	return [
		line(['', ...columns.map(({ head }) => head)]),
		line(['---', ...columns.map(() => '---')]),
		...rows.map((row) =>
			line([row, ...marks.map((column) => cell(column.filter((mark) => mark.row === row)))]),
		),
	].join('\n');
}
