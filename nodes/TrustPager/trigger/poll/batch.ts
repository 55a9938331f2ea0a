import type { MessageRow, ThreadRow } from './rows';
import type { Emission } from './types';

interface Entry {
	message: MessageRow;
	thread: ThreadRow;
}

/** New messages found in a poll: keeps the oldest `most` of them and knows what has to wait for the next poll. */
export class Batch {
	private entries = new Map<string, Entry>();
	private readonly leftThreads = new Set<string>();
	private oldestLeft = Infinity;

	constructor(private readonly most: number) {}

	add(message: MessageRow, thread: ThreadRow): void {
		if (!this.entries.has(message.key)) this.entries.set(message.key, { message, thread });
		if (this.entries.size > this.most * 2) this.settle();
	}

	get isFull(): boolean {
		return this.entries.size >= this.most;
	}

	/** What is emitted now, oldest first; afterwards `isLeft` and `oldest` describe what has to wait. */
	take(): Array<Emission & { key: string; time?: number }> {
		this.settle();
		return [...this.entries.values()].map(({ message, thread }) => ({
			message: message.message,
			thread: thread.about,
			key: message.key,
			time: message.time,
		}));
	}

	/** Whether this thread still holds messages that have to wait. */
	isLeft(thread: ThreadRow): boolean {
		return this.leftThreads.has(thread.id);
	}

	/** The time of the oldest message that has to wait; Infinity when none has. */
	get oldest(): number {
		return this.oldestLeft;
	}

	private settle(): void {
		const sorted = [...this.entries.entries()].sort(([, a], [, b]) => compare(a, b));
		this.entries = new Map(sorted.slice(0, this.most));
		for (const [, { message, thread }] of sorted.slice(this.most)) {
			this.leftThreads.add(thread.id);
			this.oldestLeft = Math.min(this.oldestLeft, message.time ?? 0);
		}
	}
}

function compare(a: Entry, b: Entry): number {
	const byTime = (a.message.time ?? Infinity) - (b.message.time ?? Infinity);
	if (Number.isFinite(byTime) && byTime !== 0) return byTime;
	if (byTime === Infinity || byTime === -Infinity) return byTime;
	return a.message.id < b.message.id ? -1 : 1;
}
