import type { ThreadRow } from './rows';

/**
 * Changed threads that wait to be read, the next one first. Keeps a bounded number of them, however long the
 * backlog is, and knows only one thing about the rest: how old the messages that they hide may be.
 */
export class ThreadQueue {
	private readonly rows = new Map<string, ThreadRow>();
	private dropped = false;
	private oldestDropped = Infinity;

	/**
	 * @param most the maximum number of rows kept
	 * @param severalFirst whether threads that may hide several messages come first: only they keep the floor from rising
	 */
	constructor(
		private readonly most: number,
		private readonly severalFirst: boolean,
		private readonly floor: number,
	) {}

	/** Replaces the row if it was seen before, on a page that has shifted since. */
	add(row: ThreadRow): void {
		this.rows.set(row.id, row);
		if (this.rows.size <= this.most * 2) return;
		for (const extra of this.inOrder().slice(this.most)) this.drop(extra);
	}

	get isEmpty(): boolean {
		return this.rows.size === 0 && !this.dropped;
	}

	inOrder(): ThreadRow[] {
		const rank = ({ isSingle }: ThreadRow) => (this.severalFirst && isSingle ? 1 : 0);
		return [...this.rows.values()].sort(
			(a, b) =>
				rank(a) - rank(b) || (a.time ?? Infinity) - (b.time ?? Infinity) || (a.id < b.id ? -1 : 1),
		);
	}

	remove(row: ThreadRow): void {
		this.rows.delete(row.id);
	}

	/** No message still to be read is dated before this; Infinity when there is none. */
	oldestHidden(): number {
		return [...this.rows.values()].reduce(
			(oldest, row) => Math.min(oldest, this.hides(row)),
			this.oldestDropped,
		);
	}

	/** A thread with a single message hides nothing before its time; any other may hide mail as old as the floor. */
	private hides(row: ThreadRow): number {
		return row.isSingle && row.time !== undefined ? row.time : this.floor;
	}

	private drop(row: ThreadRow): void {
		this.rows.delete(row.id);
		this.dropped = true;
		this.oldestDropped = Math.min(this.oldestDropped, this.hides(row));
	}
}
