import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import type { Item } from '../parameters/item';

/** What a person would want to know after a run without opening each item: once, and short. */
export class RunHints {
	private readonly itemsWithout = new Map<string, number>();

	private readonly notes = new Set<string>();

	private readonly ignoredFilters = new Map<string, number>();

	private suppressed = 0;

	/** What is to be said of an item that has succeeded. @param rows its output */
	addFrom({ leftOut, notes, ignoredFilters }: Item, rows: IDataObject[]): void {
		this.suppressed += rows.filter(({ outcome }) => outcome === 'suppressed').length;
		for (const option of leftOut) {
			this.itemsWithout.set(option, (this.itemsWithout.get(option) ?? 0) + 1);
		}
		for (const note of notes) this.notes.add(note);
		for (const [filter, count] of ignoredFilters) {
			this.ignoredFilters.set(filter, (this.ignoredFilters.get(filter) ?? 0) + count);
		}
	}

	/** In n8n's output panel; n8n before 2.x has no such hints. */
	show(context: IExecuteFunctions): void {
		const hints = this.messages().map(
			(message): NodeExecutionHint => ({
				message,
				location: 'outputPane',
			}),
		);
		if (hints.length > 0 && 'addExecutionHints' in context) context.addExecutionHints(...hints);
	}

	private messages(): string[] {
		const withouts = [...this.itemsWithout].map(([option, items]) =>
			items === 1
				? `1 item went without '${option}': its expression gave nothing.`
				: `${items} items went without '${option}': its expression gave nothing for them.`,
		);
		const ignored = [...this.ignoredFilters].map(
			([filter, count]) =>
				`TrustPager ignored the filter '${filter}'; ${count} ${count === 1 ? 'row that does' : 'rows that do'} not match ${count === 1 ? 'was' : 'were'} left out.`,
		);
		return [...withouts, ...this.notes, ...ignored, ...this.suppressedMessage()];
	}

	private suppressedMessage(): string[] {
		if (this.suppressed === 0) return [];
		return [
			this.suppressed === 1
				? '1 email was not sent: its recipient is suppressed.'
				: `${this.suppressed} emails were not sent: their recipients are suppressed.`,
		];
	}
}
