import { KnownKeys } from '../poll/knownKeys';
import { newerTime } from '../poll/time';
import type { RowState } from './state';
import type { EventRow, RowSettings } from './types';

/** Tells the new rows of a poll from those dealt with; `pollRows` has the rules. */
export class News {
	readonly known: KnownKeys;
	/** The newest time in the data. */
	newest: number;
	/** The server's own clock, if it sends it. */
	clock?: number;
	/** See the state. */
	from?: number;
	/** One of the lists holds rows of other statuses. */
	isMixed = false;
	/** New rows have to wait for the next poll. */
	hasLeft = false;
	/** Rows became known without being emitted. */
	hasOld = false;
	hasAnswers = false;
	private rows = new Map<string, EventRow>();

	/**
	 * @param started the statuses of which rows can be new
	 * @param pauseEnd the end of a pause that is to be skipped, by the server's clock in the first answer
	 */
	constructor(
		private readonly state: RowState,
		private readonly settings: RowSettings,
		private readonly started: ReadonlySet<string>,
		private readonly pauseEnd?: RowSettings['pauseEnd'],
	) {
		this.known = KnownKeys.unpack(state.known, settings.mostKeys);
		this.newest = state.newest;
		this.from = state.from;
	}

	/** Takes the rows of a page of the list of `asked`. @returns whether there are new ones among them */
	take(rows: EventRow[], asked: string, serverTime?: number): boolean {
		this.clock = serverTime ?? this.clock;
		if (!this.hasAnswers && this.pauseEnd) {
			const end = this.pauseEnd(serverTime);
			this.from = Number.isFinite(end) ? end : undefined;
		}
		this.hasAnswers = true;
		return rows.filter((row) => this.isNew(row, asked)).length > 0;
	}

	private isNew(row: EventRow, asked: string): boolean {
		const { known, rows, settings } = this;
		for (const time of [row.time, row.reached])
			this.newest = newerTime(this.newest, time, this.clock);
		this.isMixed ||= row.isOther;
		if (!row.isWanted) return false;
		if (known.has(row.key)) {
			// It may show a later time than when it became known.
			known.add(row.key, row.latest);
			return false;
		}
		if ((row.latest ?? Infinity) < this.state.floor) return false;
		if (this.isOld(row, asked)) {
			known.add(row.key, row.latest);
			this.hasOld = true;
			return false;
		}
		// Rows without any time can only be remembered while there is room for all of them.
		if (row.latest === undefined && known.isCrowded) return false;
		rows.set(row.key, row);
		if (rows.size > settings.maxItems * 2) this.oldestFirst();
		return true;
	}

	/** Whether it has had the status since before the start. */
	private isOld({ status, reached }: EventRow, asked: string): boolean {
		if (this.started.has(this.settings.statuses.includes(status) ? status : asked)) return false;
		return this.from === undefined || (reached ?? 0) < this.from;
	}

	/** As many new rows as one execution may have. */
	oldestFirst(): EventRow[] {
		const sorted = [...this.rows.values()].sort(compare);
		const kept = sorted.slice(0, this.settings.maxItems);
		this.hasLeft ||= kept.length < sorted.length;
		this.rows = new Map(kept.map((row) => [row.key, row]));
		return kept;
	}
}

function compare(a: EventRow, b: EventRow): number {
	const [one, other] = [a, b].map(({ reached, latest }) => reached ?? latest ?? Infinity);
	return one === other ? (a.id < b.id ? -1 : 1) : one - other;
}
