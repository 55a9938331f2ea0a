import { CancelledWait, WaitQueue } from './waiting';

/** API: 25 MB for all attachments of an email (docs 2026-04; raw or encoded is not documented, so raw is checked). */
export const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;

/**
 * Lets work through as long as what it holds in memory stays within `capacity` bytes; the rest waits in order.
 * Something larger than the capacity runs alone.
 */
export class ByteSemaphore {
	private held = 0;
	private readonly queue = new WaitQueue<number>();

	constructor(private readonly capacity: number) {}

	/** Runs `work` when `bytes` fit. Rejects with CancelledWait when `signal` aborts before that. */
	async run<T>(bytes: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
		await this.acquire(bytes, signal);
		try {
			return await work();
		} finally {
			this.held -= bytes;
			this.releaseFitting();
		}
	}

	private async acquire(bytes: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw new CancelledWait();
		if (this.queue.first === undefined && this.fits(bytes)) {
			this.held += bytes;
			return;
		}
		// A removed waiter may have kept a smaller one behind it from proceeding.
		await this.queue.join(bytes, signal, undefined, () => this.releaseFitting());
	}

	private fits(bytes: number): boolean {
		return this.held === 0 || this.held + bytes <= this.capacity;
	}

	private releaseFitting(): void {
		for (let next = this.queue.first; next !== undefined && this.fits(next); ) {
			this.held += next;
			this.queue.release();
			next = this.queue.first;
		}
	}
}

/** Enough for one email of the largest kind, or several smaller ones: base64 and JSON triple it in memory. */
const attachmentMemory = new ByteSemaphore(MAX_ATTACHMENT_BYTES);

/**
 * Runs `work` when this process has memory for `bytes` of files, whoever sends them.
 * Rejects with CancelledWait when `signal` aborts before that.
 */
export async function withAttachmentMemory<T>(
	bytes: number,
	signal: AbortSignal | undefined,
	work: () => Promise<T>,
): Promise<T> {
	return bytes === 0 ? await work() : await attachmentMemory.run(bytes, signal, work);
}
