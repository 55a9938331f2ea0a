/** Polls under way in this process, by a key of workflow and node. n8n's schedule does not wait for a poll to end. */
const underWay = new Set<string>();

/**
 * Runs one poll of a node at a time: while one is under way, others end at once with null. Both would start from the
 * same state and emit the same messages.
 */
export async function alone<Result>(
	key: string,
	run: () => Promise<Result>,
): Promise<Result | null> {
	if (underWay.has(key)) return null;
	underWay.add(key);
	try {
		return await run();
	} finally {
		underWay.delete(key);
	}
}
