import type { ThreadRow } from './rows';

/**
 * Changed threads that wait to be read, the next one first. Holds a bounded number of them, whatever a backlog
 * holds, and knows the least about the rest: how old what they hide may be.
 */
export class ThreadQueue {
	private readonly rows = new Map<string, ThreadRow>();
	private dropped = false;
	private oldestDropped = Infinity;

	/**
	 * @param most rows kept
	 * @param severalFirst threads that may hide several messages first: they alone keep the floor from rising
	 */
	constructor(
		private readonly most: number,
		private readonly severalFirst: boolean,
		private readonly floor: number,
	) {}

	/** A row that came before, on a page that shifted, is replaced. */
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

	/** No unread message of those left is dated before this; Infinity when none is left. */
	oldestHidden(): number {
		return [...this.rows.values()].reduce(
			(oldest, row) => Math.min(oldest, this.hides(row)),
			this.oldestDropped,
		);
	}

	/** A thread of one message hides nothing before its time; any other may hide mail as old as the floor. */
	private hides(row: ThreadRow): number {
		return row.isSingle && row.time !== undefined ? row.time : this.floor;
	}

	private drop(row: ThreadRow): void {
		this.rows.delete(row.id);
		this.dropped = true;
		this.oldestDropped = Math.min(this.oldestDropped, this.hides(row));
	}
}
