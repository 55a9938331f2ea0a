import { marksOf } from './marks.mjs';

/** The columns: the dialects of sandbox/world/dialects.ts. */
export const DIALECTS = ['2026-04', '2026-05', 'generated', 'stranger'];

/** The rows below those of the operations, each with the suites that it counts. */
const ROWS = [
	{ row: 'trigger', suites: ['dialects/trigger', 'dialects/model'] },
	{ row: 'pickers', suites: ['dialects/pickers'] },
	{ row: 'examples', suites: ['dialects/examples'] },
	{ row: 'contract', suites: ['lab/contract/dialects'] },
];
const SUITE = /\/test\/((?:lab\/contract\/)?dialects(?:\/\w+)?)\.test\.ts$/;

/** The dialect that a test's first title, or its own, ends with or speaks of; undefined for a test of none. */
function dialectOf({ ancestorTitles = [], title }) {
	const first = ancestorTitles[0] ?? title;
	return DIALECTS.find((name) => first === name || `${first} `.includes(`dialect ${name} `));
}

/** A test of an operation is called `thread: getAll: about`; a suite of no row gets one of its name. */
function rowOf(file, test) {
	const suite = SUITE.exec(file)?.[1];
	const dialect = dialectOf(test);
	if (suite !== 'dialects/operations') {
		return { suite, dialect, row: ROWS.find(({ suites }) => suites.includes(suite))?.row ?? suite };
	}
	return { suite, dialect, row: /^\w+: \w+(?=:)/.exec(test.title)?.[0] ?? suite };
}

function cell(marks) {
	const count = (...wanted) => marks.filter(({ status }) => wanted.includes(status)).length;
	const failed = count('failed');
	if (failed > 0) return `${failed} FAILED`;
	const passed = count('passed');
	if (passed === 0) return '-';
	return passed < marks.length ? `${marks.length - passed} SKIPPED` : String(passed);
}

/**
 * What was tested on a server of each dialect, from Jest's report: the number of tests that passed, `n FAILED`,
 * `n SKIPPED`, or `-` where there is none.
 * @returns the table's text, and whether a cell has no tests or not all of its tests ran
 */
export function dialectTable(report) {
	const marks = marksOf(report, rowOf).filter(({ suite }) => suite !== undefined);
	const ofDialects = marks.filter(({ dialect }) => dialect !== undefined);
	const fixed = ROWS.map(({ row }) => row);
	const found = [...new Set(ofDialects.map(({ row }) => row))].filter(
		(row) => !fixed.includes(row),
	);
	const operations = found.filter((row) => row.includes(': ')).sort();
	const others = found.filter((row) => !row.includes(': '));
	const rows = [...(operations.length > 0 ? operations : ['operations']), ...fixed, ...others];
	const body = rows.map((row) => [
		row,
		...DIALECTS.map((dialect) =>
			cell(ofDialects.filter((mark) => mark.row === row && mark.dialect === dialect)),
		),
	]);
	const hasGaps = body.some((line) =>
		line.some((text) => text === '-' || text.endsWith('SKIPPED')),
	);
	return { text: aligned([['Tests passed, by dialect', ...DIALECTS], ...body]), hasGaps };
}

/** Rows of text in columns; all but the first column are aligned to the right. */
function aligned(rows) {
	const widths = rows[0].map((_head, column) => Math.max(...rows.map((row) => row[column].length)));
	const line = (row) =>
		row
			.map((text, column) =>
				column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]),
			)
			.join('  ');
	const [head, ...body] = rows.map(line);
	return [head, '-'.repeat(head.length), ...body].join('\n');
}
