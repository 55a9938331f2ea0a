/** Calls `work` for each value, in order, at most `limit` at a time. Rejects with the first error. */
export async function runConcurrently<T>(
	limit: number,
	values: T[],
	work: (value: T) => Promise<void>,
): Promise<void> {
	const waiting = values.values();
	const worker = async () => {
		for (const value of waiting) await work(value);
	};
	await Promise.all(Array.from({ length: limit }, worker));
}
