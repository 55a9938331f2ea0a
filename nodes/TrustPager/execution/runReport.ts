import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

export type NodeError = NodeApiError | NodeOperationError;

const MOST_NAMED = 20;

/**
 * How a run ended: its error, and what else a person must know before running the node again. The engine shows the
 * error only when all items have ended, so that what is learnt later still gets into its text.
 */
export class RunEnd {
	private error?: NodeError;
	private text = '';
	private readonly doneItems = new Set<number>();
	private readonly unknownItems = new Set<number>();

	with(error: NodeError): void {
		if (this.error) return;
		this.error = error;
		this.text = error.description ?? '';
		this.tell();
	}

	done(item: number): void {
		this.doneItems.add(item);
		this.unknownItems.delete(item);
		this.tell();
	}

	unknown(item: number): void {
		this.unknownItems.add(item);
		this.tell();
	}

	private tell(): void {
		if (!this.error) return;
		const parts = [this.text];
		if (this.doneItems.size > 0) {
			parts.push(`Carried out before the node stopped: ${named(this.doneItems)}.`);
		}
		if (this.unknownItems.size > 0) {
			parts.push(`Unknown whether carried out: ${named(this.unknownItems)}.`);
		}
		if (parts.length > 1) parts.push('Leave these out when you run the workflow again.');
		this.error.description = parts.filter((part) => part !== '').join(' ');
	}
}

function named(items: ReadonlySet<number>): string {
	const sorted = [...items].sort((one, other) => one - other);
	const more = sorted.length - MOST_NAMED;
	const shown = sorted.slice(0, MOST_NAMED).join(', ');
	return `${sorted.length === 1 ? 'item' : 'items'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
