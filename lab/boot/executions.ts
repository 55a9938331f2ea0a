import type { Execution, ItemData } from './types';

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution is over, whatever came of it; read without its data, which may still be on its way. */
export function isOver({ status }: Execution): boolean {
	return ENDED.has(status);
}

/**
 * Whether an execution, read with its data, is over and all of it is stored.
 * n8n 1.x on SQLite stores the status first and what the nodes did a moment later.
 */
export function hasEnded(execution: Execution): boolean {
	const { status, data } = execution;
	if (status !== 'success' && status !== 'error') return isOver(execution);
	const { runData = {}, error } = data?.resultData ?? {};
	return error !== undefined || Object.keys(runData).length > 0;
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
