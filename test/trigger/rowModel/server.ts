import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../../nodes/TrustPager/transport/paging';
import type { RowEvent } from '../../../nodes/TrustPager/trigger/events/event';

/** A row of the list, in seconds of the server's clock. */
export interface Entry {
	id: string;
	written: number;
	/** When it is due; only scheduled mail has that. */
	due: number;
	status: string;
	reached?: number;
	/** The order in which rows got their last status. */
	turn: number;
}

export interface ServerConfig {
	/** `written` and `reached`: the newest first. */
	order: 'written' | 'reached' | 'oldest' | 'scrambled';
	paging: 'offset' | 'keyset';
	pageSize: number;
	/** `refused`: the server does not know the last of the chosen statuses. */
	statusFilter: 'honoured' | 'ignored' | 'refused';
	/** Whether rows say when they got their status. */
	showsReached: boolean;
	/** Whether the list leaves out what an execution came to. */
	hidesExecution: boolean;
	/** Whether the list shows a status under its other name. */
	renames: boolean;
}

/** An in-memory model of the list of an event. */
export class Server {
	now = 1_700_000_000;
	readonly entries = new Map<string, Entry>();
	private count = 0;
	private turns = 0;
	/** A status that the server does not know. */
	unknown?: string;

	constructor(
		readonly config: ServerConfig,
		readonly event: RowEvent,
	) {}

	write(due: number): Entry {
		const number = ++this.count;
		const id = `r${scramble(number)}-${number}`;
		const entry = { id, written: this.now, due: this.now + due, status: 'pending', turn: 0 };
		this.entries.set(id, entry);
		return entry;
	}

	reach(entry: Entry, status: string): void {
		Object.assign(entry, { status, reached: this.now, turn: ++this.turns });
	}

	/** Oldest first. */
	picked(number: number, test: (entry: Entry) => boolean): Entry | undefined {
		const fitting = [...this.entries.values()].filter(test);
		return fitting[number % Math.max(1, fitting.length)];
	}

	/** Undefined for a status that the server does not know. */
	list(status: string, cursor?: string): Page | undefined {
		if (status === this.unknown) return undefined;
		const isListed = (entry: Entry) =>
			this.config.statusFilter === 'ignored' || entry.status === status;
		const rows = [...this.entries.values()]
			.filter(isListed)
			.map((entry) => ({ entry, rank: this.rank(entry) }))
			.sort((a, b) => a.rank - b.rank || (a.entry.id < b.entry.id ? -1 : 1));
		if (this.config.order === 'scrambled') bringExtremesToFront(rows);
		// Neither a scrambled list nor one in which rows move has keys that a cursor could refer to.
		const isByOffset =
			this.config.paging === 'offset' || ['scrambled', 'reached'].includes(this.config.order);
		let start = Number(cursor ?? 0);
		if (cursor !== undefined && !isByOffset) {
			const [rank, id] = JSON.parse(cursor) as [number, string];
			start = rows.findIndex((row) => row.rank > rank || (row.rank === rank && row.entry.id > id));
			if (start < 0) start = rows.length;
		}
		const page = rows.slice(start, start + this.config.pageSize);
		const end = start + page.length;
		const last = page[page.length - 1];
		const next = isByOffset ? `${end}` : JSON.stringify([last?.rank, last?.entry.id]);
		return pageOf(
			page.map(({ entry }) => this.row(entry)),
			end < rows.length ? next : undefined,
		);
	}

	one(id: string): Page | undefined {
		const entry = this.entries.get(id);
		return entry && pageOf([{ ...this.row(entry), execution_status: 200 }]);
	}

	row({ id, written, due, status, reached }: Entry): IDataObject {
		const { showsReached, hidesExecution } = this.config;
		const at = reached !== undefined && showsReached ? iso(reached) : null;
		const row: IDataObject = { id, status: this.shown(status), created_at: iso(written) };
		switch (this.event.value) {
			case 'approvalDecided':
				return { ...row, resolved_at: at, ...(hidesExecution ? {} : { execution_status: 200 }) };
			case 'scheduledEmailFinished':
				return {
					...row,
					channel: 'email',
					scheduled_for: iso(due),
					...(showsReached ? { updated_at: iso(reached ?? written) } : {}),
					dispatched_at: status === 'dispatched' ? at : null,
				};
			default:
				return row;
		}
	}

	private shown(status: string): string {
		if (!this.config.renames) return status;
		return status.toUpperCase();
	}

	private rank({ id, written, turn }: Entry): number {
		const { order } = this.config;
		if (order === 'written') return -written;
		if (order === 'oldest') return written;
		if (order === 'reached') return -turn;
		return scramble(Number(id.split('-')[1]));
	}
}

/** A first page of 100 rows shows that the list is scrambled, so the small pages here have to show it too. */
function bringExtremesToFront(rows: Array<{ entry: Entry }>): void {
	const byTime = [...rows].sort((a, b) => a.entry.written - b.entry.written);
	for (const row of [byTime[byTime.length - 1], byTime[0]]) {
		if (!row) continue;
		rows.splice(rows.indexOf(row), 1);
		rows.unshift(row);
	}
}

function pageOf(items: IDataObject[], nextCursor?: string): Page {
	return { items, nextCursor, cutOff: false, isList: true };
}

function iso(seconds: number): string {
	return new Date(seconds * 1_000).toISOString();
}

/** A hash: the same number always gives the same result. */
function scramble(value: number): number {
	return Math.imul(value ^ 0x5bd1e995, 0x27d4eb2d) >>> 12;
}
