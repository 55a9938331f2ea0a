import { sleep } from 'n8n-workflow';

/** Thrown to whoever waits when the execution is cancelled, or its run has failed. */
export class CancelledWait extends Error {
	constructor() {
		super('The execution was cancelled');
	}
}

/** Longest stretch that passes before a pause notices that its signal has aborted. */
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
