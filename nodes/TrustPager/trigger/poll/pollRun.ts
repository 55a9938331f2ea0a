import { Candidates } from './threadQueue';
import type { CrawlEnd } from './threadList';
import { crawl, OrderWatch } from './threadList';
import { KnownKeys } from './knownKeys';
import { Pool } from './batch';
import { readThread } from './readThread';
import type { MessageRow, ThreadRow } from './rows';
import { isInbound } from './rows';
import type { TriggerState } from './state';
import { newerTime } from './time';
import type { Emission, PollResult, Settings, Steps } from './types';

/** Changed threads kept in mind beyond those that maxMessages can need: threads of our own answers give nothing. */
const SPARE_CANDIDATES = 200;
/** A longer cursor is not stored: the state stays small whatever the server hands out. */
const LONGEST_CURSOR = 2_000;

/** One poll under way, from a state to the next; see `poll` for the argument. Changes nothing outside itself. */
export class PollRun {
	private readonly known: KnownKeys;
	private readonly candidates: Candidates;
	private readonly order: OrderWatch;
	private readonly pool: Pool;
	private readonly finished: ThreadRow[] = [];
	private readonly notes: string[] = [];
	private newest: number;
	/** The server's own clock, where it tells it. */
	private clock?: number;
	private outOfTime = false;
	private hadChanges = false;

	constructor(
		private readonly state: TriggerState,
		private readonly settings: Settings,
	) {
		this.known = KnownKeys.unpack(state.known, settings.mostKeys);
		this.newest = state.newest;
		this.order = new OrderWatch(settings.lookBackMs);
		this.pool = new Pool(settings.maxMessages);
		const room = settings.maxMessages + SPARE_CANDIDATES;
		this.candidates = new Candidates(room, this.known.isCrowded, state.floor);
	}

	/** Finds the threads that have changed. */
	*discover(): Steps<CrawlEnd> {
		const { state, order, candidates } = this;
		const end = yield* crawl(({ rows, serverTime, number }) => {
			order.look(rows);
			this.clock = serverTime;
			for (const row of rows) {
				this.newest = newerTime(this.newest, row.time, serverTime);
				if (this.isNews(row)) candidates.add(row);
			}
			// In a list newest first, a new mail stands above every thread that is older than the newest time known.
			const isUntouched = number === 1 && candidates.isEmpty && order.hasPassed(this.newest);
			const isIdle = isUntouched && !state.unfinished;
			return !state.unordered && (isIdle || order.hasPassed(state.floor)) ? 'enough' : 'more';
		}, state.resume);
		if (end.note) this.notes.push(end.note);
		this.outOfTime = end.outOfTime;
		this.hadChanges = !candidates.isEmpty;
		return end;
	}

	/** Reads changed threads, the oldest first, until there is enough to emit or the time is up; at least one. */
	*readThreads(): Steps<void> {
		let hurry = false;
		let reads = 0;
		for (const row of this.candidates.inOrder()) {
			if (this.outOfTime || this.pool.isFull || (hurry && reads > 0)) return;
			reads++;
			const take = (messages: MessageRow[]) => this.take(row, messages);
			const read = yield* readThread(row, this.state.floor, take);
			if (read.note) this.notes.push(read.note);
			hurry = read.hurry;
			this.outOfTime = read.outcome === 'outOfTime';
			if (!this.outOfTime) this.candidates.remove(row);
			if (read.outcome === 'read') this.finished.push(row);
			if (read.outcome === 'gone') this.notes.push(`Thread ${row.id} was deleted; it is left out`);
		}
	}

	/** Nothing has changed and nothing waits: the state can stay as it is. */
	isQuiet(end: CrawlEnd): boolean {
		const hasNews = this.hadChanges || this.state.unfinished || !end.isComplete;
		return !hasNews && this.order.isBroken === this.state.unordered;
	}

	nothing(): PollResult {
		return { emissions: [], notes: this.notes, starved: false };
	}

	finish(end: CrawlEnd): PollResult {
		const emissions = this.emit();
		const oldestHidden = Math.min(this.candidates.oldestHidden(), this.pool.oldest);
		const covered = end.isComplete ? Math.min(this.newest, oldestHidden) : this.state.floor;
		const waits = oldestHidden !== Infinity || !end.isComplete;
		const { resume } = end;
		const state: TriggerState = {
			...this.state,
			floor: this.raiseFloor(covered),
			newest: this.newest,
			covered,
			known: this.known.pack(),
			unordered: this.order.isBroken || (this.state.unordered && !end.isWhole),
			unfinished: waits || (end.pages > 1 && this.hadChanges),
			resume: resume !== undefined && resume.length <= LONGEST_CURSOR ? resume : undefined,
		};
		const starved = this.outOfTime && emissions.length === 0 && this.finished.length === 0;
		return { state, emissions, notes: this.notes, starved };
	}

	private isNews(row: ThreadRow): boolean {
		const { floor } = this.state;
		return (row.time ?? floor) >= floor && !this.known.has(row.key);
	}

	private take(thread: ThreadRow, messages: MessageRow[]): void {
		const { floor } = this.state;
		for (const row of messages) {
			this.newest = newerTime(this.newest, row.time, this.clock);
			if (!isInbound(row.message) || this.known.has(row.key)) continue;
			if ((row.time ?? floor) < floor) continue;
			if (this.settings.wants(row.message, thread.about)) this.pool.add(row, thread);
			else this.known.add(row.key, row.time);
		}
	}

	private emit(): Emission[] {
		const entries = this.pool.take();
		for (const { key, time } of entries) this.known.add(key, time);
		for (const row of this.finished) {
			if (!this.pool.isLeft(row)) this.known.add(row.key, row.time ?? (this.newest || undefined));
		}
		return entries.map(({ message, thread }) => ({ message, thread }));
	}

	/** The new floor; forgets what lies below it, and more, with a higher floor, where memory is full. */
	private raiseFloor(covered: number): number {
		const mayRiseTo = Math.min(this.state.covered, covered) - this.settings.lookBackMs;
		const floor = Math.max(this.state.floor, mayRiseTo);
		this.known.dropBefore(floor);
		const pressed = this.known.trim() ?? 0;
		if (pressed <= floor) return floor;
		this.notes.push('So much mail has come that the look-back is shorter than set for now');
		return pressed;
	}
}
