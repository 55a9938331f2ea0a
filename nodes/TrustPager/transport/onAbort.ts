const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `then` when `signal` aborts; the result takes that back. However many wait on a signal, it gets one listener:
 * Node warns of a leak from the eleventh on, and a run may have thousands of items that wait.
 */
export function onAbort(signal: AbortSignal | undefined, then: () => void): () => void {
	if (!signal) return () => undefined;
	const waiting = callbacks.get(signal) ?? listenTo(signal);
	waiting.add(then);
	return () => void waiting.delete(then);
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const waiting = new Set<() => void>();
	callbacks.set(signal, waiting);
	const tellAll = () => {
		for (const then of [...waiting]) then();
		waiting.clear();
	};
	signal.addEventListener('abort', tellAll, { once: true });
	return waiting;
}
