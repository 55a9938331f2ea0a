import { onAbort } from './onAbort';
import { CancelledWait } from './abort';

interface Waiter {
	bytes: number;
	go: () => void;
}

/**
 * Lets work through as long as what it holds in memory stays within `capacity` bytes; the rest waits in order.
 * Something larger than the capacity goes alone.
 */
export class ByteGate {
	private held = 0;
	private waiters: Waiter[] = [];

	constructor(private readonly capacity: number) {}

	/** Runs `work` when there is room for `bytes`. Rejects with CancelledWait when `signal` aborts before that. */
	async run<T>(bytes: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
		await this.enter(bytes, signal);
		try {
			return await work();
		} finally {
			this.held -= bytes;
			this.wake();
		}
	}

	private async enter(bytes: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw new CancelledWait();
		if (this.waiters.length === 0 && this.fits(bytes)) {
			this.held += bytes;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const waiter: Waiter = { bytes, go: () => undefined };
			const forget = onAbort(signal, () => {
				this.waiters = this.waiters.filter((other) => other !== waiter);
				reject(new CancelledWait());
				this.wake();
			});
			waiter.go = () => {
				forget();
				resolve();
			};
			this.waiters.push(waiter);
		});
	}

	private fits(bytes: number): boolean {
		return this.held === 0 || this.held + bytes <= this.capacity;
	}

	private wake(): void {
		while (this.waiters.length > 0 && this.fits(this.waiters[0].bytes)) {
			const next = this.waiters.shift();
			if (!next) return;
			this.held += next.bytes;
			next.go();
		}
	}
}
