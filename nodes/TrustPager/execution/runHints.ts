import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** What a person would want to know after a run without opening each item: once, and short. */
export class RunHints {
	private readonly itemsWithout = new Map<string, number>();

	/** An item was done without an option whose expression gave nothing. */
	leftOut(option: string): void {
		this.itemsWithout.set(option, (this.itemsWithout.get(option) ?? 0) + 1);
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
		return [...this.itemsWithout].map(([option, items]) =>
			items === 1
				? `1 item went without '${option}': its expression gave nothing.`
				: `${items} items went without '${option}': its expression gave nothing for them.`,
		);
	}
}
