import type { ThreadRow } from './rows';

/** The newest rows of a list in any order. Rows without a time count as the newest, as nothing shows their age. */
export class NewestThreads {
	private rows = new Map<string, ThreadRow>();
	/** The time of the newest row that was dropped; -1 when none was. */
	newestDropped = -1;

	constructor(private readonly most: number) {}

	get isEmpty(): boolean {
		return this.rows.size === 0;
	}

	add(row: ThreadRow): void {
		this.rows.set(row.id, row);
		if (this.rows.size <= this.most) return;
		const last = this.inOrder()[this.rows.size - 1];
		this.rows.delete(last.id);
		this.newestDropped = Math.max(this.newestDropped, last.time ?? 0);
	}

	inOrder(): ThreadRow[] {
		const age = ({ time }: ThreadRow) => time ?? Infinity;
		return [...this.rows.values()].sort((a, b) => (age(a) === age(b) ? 0 : age(b) - age(a)));
	}
}
