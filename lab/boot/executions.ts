import type { Execution, ItemData } from './types';

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** Whether an execution has finished, with whatever result; its data may not be stored yet. */
export function isFinished({ status }: Execution): boolean {
	return ENDED.has(status);
}

/**
 * Whether an execution, read with its data, has finished and is completely stored.
 * n8n 1.x on SQLite stores the status first and the nodes' results a moment later.
 */
export function hasEnded(execution: Execution): boolean {
	const { status, data } = execution;
	if (status !== 'success' && status !== 'error') return isFinished(execution);
	const { runData = {}, error } = data?.resultData ?? {};
	return error !== undefined || Object.keys(runData).length > 0;
}

/**
 * The items that a node returned in its last run of an execution, on one of its outputs (0 = first).
 * Empty if the node did not run.
 */
export function itemsOf(execution: Execution, node: string, output = 0): ItemData[] {
	const runs = execution.data?.resultData.runData[node];
	return runs?.[runs.length - 1]?.data?.main?.[output] ?? [];
}

/** The JSON of each of itemsOf. */
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
