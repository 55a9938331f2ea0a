import type { Execution, ItemData } from './types';

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution is over, whatever came of it. */
export function hasEnded(execution: Execution): boolean {
	return ENDED.has(execution.status);
}

/**
 * The items a node gave in its last run of an execution, on one of its outputs (0 = first).
 * Empty when the node did not run.
 */
export function itemsOf(execution: Execution, node: string, output = 0): ItemData[] {
	const runs = execution.data?.resultData.runData[node];
	return runs?.[runs.length - 1]?.data?.main?.[output] ?? [];
}

/** As itemsOf, only the JSON of each item. */
export function jsonOf(
	execution: Execution,
	node: string,
	output = 0,
): Array<Record<string, unknown>> {
	return itemsOf(execution, node, output).map((item) => item.json);
}

/** The error that n8n stored: the node's own, else the execution's. */
export function nodeError(
	execution: Execution,
	node?: string,
): { message: string; description?: string | null; httpCode?: string | null } | undefined {
	const runs = node === undefined ? undefined : execution.data?.resultData.runData[node];
	return runs?.[runs.length - 1]?.error ?? execution.data?.resultData.error;
}
