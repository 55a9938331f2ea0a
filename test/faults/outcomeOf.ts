/** All modes in which a node may meet an error. */
export const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
export type Mode = (typeof MODES)[number];

/** A node's run as n8n shows it. */
export interface Shown {
	/** First and second output of the node. */
	items: Array<{ json: Record<string, unknown> }>;
	failed: Array<{ json: Record<string, unknown> }>;
	error?: { message: string };
}

/** How an outcome is told, wherever the mode puts it. */
export function told({ items, failed, error }: Shown, mode: Mode): string {
	const place = mode === 'continueErrorOutput' ? failed : items;
	const item = place[0]?.json ?? items[0]?.json;
	const title = mode === 'stopWorkflow' ? error?.message : item?.error;
	if (typeof title === 'string') {
		return title.startsWith('It is unknown whether') ? 'unknown' : 'failed';
	}
	return String(item?.outcome ?? (item ? 'done' : 'nothing'));
}
