/** All values of a node's On Error setting. */
export const ERROR_MODES = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
] as const;
export type ErrorMode = (typeof ERROR_MODES)[number];

/** The outputs of a node's run, and the error that n8n stores for it. */
export interface NodeOutput {
	items: Array<{ json: Record<string, unknown> }>;
	/** Items of the error output. */
	failed: Array<{ json: Record<string, unknown> }>;
	error?: { message: string };
}

/**
 * The outcome that a run reports, wherever its On Error setting puts it: 'failed', 'unknown', 'done', 'nothing', or the
 * item's own `outcome`.
 */
export function outcomeOf({ items, failed, error }: NodeOutput, mode: ErrorMode): string {
	const output = mode === 'continueErrorOutput' ? failed : items;
	const item = output[0]?.json ?? items[0]?.json;
	const title = mode === 'stopWorkflow' ? error?.message : item?.error;
	if (typeof title === 'string') {
		return title.startsWith('It is unknown whether') ? 'unknown' : 'failed';
	}
	return String(item?.outcome ?? (item ? 'done' : 'nothing'));
}
