/** One part of the report: a heading, and Markdown tables or text. */
export interface Section {
	title: string;
	blocks: string[];
}

/** A heading, and the cell for the row with an index. */
export type Column = [heading: string, cell: (row: number) => string];

/** A Markdown table, one row per label. */
export function table(labels: string[], columns: Column[], corner = ''): string {
	const rows = [
		[corner, ...columns.map(([heading]) => heading)],
		['---', ...columns.map(() => '---:')],
		...labels.map((label, row) => [label, ...columns.map(([, cell]) => cell(row))]),
	];
	return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The median, with the range of the middle half: `1.08 (1.05–1.12)`. */
export function ranged(values: number[], digits = 0): string {
	const [middle, low, high] = [0.5, 0.25, 0.75].map((part) =>
		quantile(values, part).toFixed(digits),
	);
	return low === high ? middle : `${middle} (${low}–${high})`;
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** Each value divided by the reference's in the same round: what slows down a whole round cancels out. */
export function ratios(values: number[], reference: number[]): number[] {
	return values.map((value, round) => value / reference[round]);
}

/** A goal, and whether it was met. */
export function goal(value: number, max: number, shown: string): string {
	return `${value <= max ? 'met' : '**missed**'}: ${shown} ≤ ${max}`;
}

export function markdown(sections: Section[]): string {
	return sections.map(({ title, blocks }) => [`## ${title}`, ...blocks].join('\n\n')).join('\n\n');
}

function quantile(values: number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	const position = (sorted.length - 1) * part;
	const [before, after] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
	return before + (after - before) * (position % 1);
}
