/** Does the work for all things, so many at a time, in their order. Ends with the first that throws. */
export async function sideBySide<T>(
	lanes: number,
	things: T[],
	work: (thing: T) => Promise<void>,
): Promise<void> {
	const waiting = things.values();
	const lane = async () => {
		for (const thing of waiting) await work(thing);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}
