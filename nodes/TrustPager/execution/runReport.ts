import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

export type NodeError = NodeApiError | NodeOperationError;

const MAX_NAMED = 20;

/**
 * How a run ended: its error, and what else a person must know before running the node again. The engine shows the
 * error only when all items have ended, so that what is learned later still gets into its text.
 */
export class RunReport {
	private error?: NodeError;
	private text = '';
	private readonly completedItems = new Set<number>();
	private readonly ambiguousItems = new Set<number>();

	failWith(error: NodeError): void {
		if (this.error) return;
		this.error = error;
		this.text = error.description ?? '';
		this.update();
	}

	completed(item: number): void {
		this.completedItems.add(item);
		this.ambiguousItems.delete(item);
		this.update();
	}

	ambiguous(item: number): void {
		this.ambiguousItems.add(item);
		this.update();
	}

	private update(): void {
		if (!this.error) return;
		const parts = [this.text];
		if (this.completedItems.size > 0) {
			parts.push(`Completed before the node stopped: ${named(this.completedItems)}.`);
		}
		if (this.ambiguousItems.size > 0) {
			parts.push(`Possibly completed: ${named(this.ambiguousItems)}.`);
		}
		if (parts.length > 1) parts.push('Exclude these items when you run the workflow again.');
		this.error.description = parts.filter((part) => part !== '').join(' ');
	}
}

function named(items: ReadonlySet<number>): string {
	const sorted = [...items].sort((one, other) => one - other);
	const more = sorted.length - MAX_NAMED;
	const shown = sorted.slice(0, MAX_NAMED).join(', ');
	return `${sorted.length === 1 ? 'item' : 'items'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}
