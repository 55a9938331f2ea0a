import { sleep } from 'n8n-workflow';

/** Thrown to whoever waits when the execution is cancelled, or its run has failed. */
export class CancelledWait extends Error {
	constructor() {
		super('The execution was cancelled');
	}
}

/** How soon a pause notices that its signal has aborted. n8n-workflow's own abortable sleep is gone in 2.41. */
const SLICE_MS = 250;

/** Waits `ms`. Rejects with CancelledWait within a quarter of a second after `signal` aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	const until = Date.now() + ms;
	for (let left = ms; left > 0; left = until - Date.now()) {
		if (signal?.aborted) throw new CancelledWait();
		await sleep(Math.min(left, SLICE_MS));
	}
	if (signal?.aborted) throw new CancelledWait();
}

interface Waiter<T> {
	value: T;
	proceed: () => void;
}

/** Those who wait their turn, in order; an abort removes a waiter at once. */
export class WaitQueue<T> {
	private waiters: Array<Waiter<T>> = [];

	/** The first in the queue; undefined when nobody waits. */
	get first(): T | undefined {
		return this.waiters[0]?.value;
	}

	/** How many wait. */
	get size(): number {
		return this.waiters.length;
	}

	/**
	 * Joins the queue, and resolves when `release` gets to it.
	 * Rejects with CancelledWait when `signal` aborts first, after `onRemoved`.
	 * @param isBehind whom to join behind; default: everybody
	 */
	async join(
		value: T,
		signal?: AbortSignal,
		isBehind: (other: T) => boolean = () => true,
		onRemoved?: () => void,
	): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const waiter: Waiter<T> = { value, proceed: resolve };
			const forget = onAbort(signal, () => {
				this.waiters = this.waiters.filter((other) => other !== waiter);
				onRemoved?.();
				reject(new CancelledWait());
			});
			waiter.proceed = () => {
				forget();
				resolve();
			};
			// From the end: nearly everybody joins there, and a long queue is not walked through each time.
			let place = this.waiters.length;
			while (place > 0 && !isBehind(this.waiters[place - 1].value)) place--;
			this.waiters.splice(place, 0, waiter);
		});
	}

	/** Lets the first proceed. */
	release(): void {
		this.waiters.shift()?.proceed();
	}
}

/** The waits on each signal; gone with it. */
const abortCallbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` when `signal` aborts; the result undoes that. However many wait on a signal, it gets one listener:
 * Node warns of a leak from the eleventh on, and a run may have thousands of items that wait.
 */
function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (!signal) return () => undefined;
	const callbacks = abortCallbacks.get(signal) ?? listenTo(signal);
	callbacks.add(callback);
	return () => void callbacks.delete(callback);
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const callbacks = new Set<() => void>();
	abortCallbacks.set(signal, callbacks);
	const callAll = () => {
		for (const callback of [...callbacks]) callback();
		callbacks.clear();
	};
	signal.addEventListener('abort', callAll, { once: true });
	return callbacks;
}
