import type { Spread } from './stats';

/** One part of the report: a heading, Markdown tables and what to read out of them. */
export interface Section {
	title: string;
	blocks: string[];
}

export function table(header: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
	return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** `1.08 (1.05–1.12)` */
export function ranged({ median, low, high }: Spread, digits = 0): string {
	const [m, l, h] = [median, low, high].map((value) => value.toFixed(digits));
	return l === h ? m : `${m} (${l}–${h})`;
}

/** A goal and whether it was met. `value` is compared as it is shown. */
export function goal(value: number, most: number, shown: string): string {
	const met = value <= most;
	return `${met ? 'met' : '**missed**'}: ${shown} ≤ ${most}`;
}

export function markdown(sections: Section[]): string {
	return sections.map(({ title, blocks }) => [`## ${title}`, ...blocks].join('\n\n')).join('\n\n');
}
