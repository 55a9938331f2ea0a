import type { Execution, ItemData } from '../boot/types';

const MAX_WIDTH = 34;
const MAX_ROWS = 12;
const PREFERRED = [
	'subject',
	'label',
	'participants',
	'participant_email',
	'from',
	'sender',
	'outcome',
	'status',
	'is_read',
	'success',
];

/** Rows of text as a table with aligned columns; cells are cut at 34 characters. */
export function table(rows: string[][]): string {
	const cut = rows.map((row) => row.map(shorten));
	const widths = cut[0].map((_, column) =>
		Math.max(...cut.map((row) => (row[column] ?? '').length)),
	);
	const line = (row: string[]): string =>
		`  ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join('  ')}`.trimEnd();
	const [head, ...body] = cut.map(line);
	return [head, `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`, ...body].join('\n');
}

/** The nodes of an execution, each with its number of items and its result. */
export function nodesTable(execution: Execution): string {
	const runData = execution.data?.resultData.runData ?? {};
	const rows = Object.entries(runData).map(([node, runs]) => {
		const items = runs.flatMap((run) => run.data?.main ?? []).flatMap((output) => output ?? []);
		const failure = runs.find((run) => run.error !== undefined)?.error;
		return [node, String(items.length), failure === undefined ? 'ok' : failure.message];
	});
	return table([['Node', 'Items', 'Result'], ...rows]);
}

/** Items as a table of their four most informative flat fields, at most twelve rows. */
export function itemsTable(items: ItemData[]): string {
	if (items.length === 0) return '  (no items)';
	const fields = columnsOf(items[0].json);
	const rows = items.slice(0, MAX_ROWS).map(({ json }) => fields.map((field) => cell(json[field])));
	const more = items.length > MAX_ROWS ? `\n  … and ${items.length - MAX_ROWS} more` : '';
	return table([fields, ...rows]) + more;
}

function columnsOf(json: Record<string, unknown>): string[] {
	const flat = Object.keys(json).filter((key) => typeof json[key] !== 'object');
	const rank = (key: string): number => {
		const at = PREFERRED.findIndex((name) => key === name || key.startsWith(`${name}_`));
		if (at !== -1) return at;
		return /(^|_)id$/.test(key) ? PREFERRED.length + 1 : PREFERRED.length;
	};
	return [...flat].sort((a, b) => rank(a) - rank(b)).slice(0, 4);
}

function cell(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

function shorten(text: string): string {
	const flat = text.replace(/\s+/g, ' ').trim();
	return flat.length > MAX_WIDTH ? `${flat.slice(0, MAX_WIDTH - 1)}…` : flat;
}
