import { Batch } from './batch';
import { KnownKeys } from './knownKeys';
import { ListOrder } from './listOrder';
import { readThread } from './readThread';
import type { MessageRow, ThreadRow } from './rows';
import { isInbound } from './rows';
import type { TriggerState } from './state';
import type { ListEnd } from './scanList';
import { scanThreadList } from './scanList';
import { ThreadQueue } from './threadQueue';
import { newerTime } from './time';
import type { Emission, PollResult, Settings, Steps } from './types';

/** Changed threads kept beyond those that maxMessages can need: a thread changed only by our own reply yields nothing. */
const SPARE_THREADS = 200;
/** A longer cursor is not stored: the state stays small whatever the server sends. */
const MAX_CURSOR_LENGTH = 2_000;

/** One poll in progress, from one state to the next; `poll` has the proof. Changes nothing outside itself. */
export class PollRun {
	private readonly known: KnownKeys;
	private readonly queue: ThreadQueue;
	private readonly order: ListOrder;
	private readonly batch: Batch;
	private readonly finished: ThreadRow[] = [];
	private readonly notes: string[] = [];
	private newest: number;
	/** The server's own clock, if it sends it. */
	private clock?: number;
	private outOfTime = false;
	private hadChanges = false;

	constructor(
		private readonly state: TriggerState,
		private readonly settings: Settings,
	) {
		this.known = KnownKeys.unpack(state.known, settings.mostKeys);
		this.newest = state.newest;
		this.order = new ListOrder(settings.lookBackMs);
		this.batch = new Batch(settings.maxMessages);
		const room = settings.maxMessages + SPARE_THREADS;
		this.queue = new ThreadQueue(room, this.known.isCrowded, state.floor);
	}

	/** Finds the threads that have changed. */
	*discover(): Steps<ListEnd> {
		const { state, order, queue } = this;
		let hasOthers = false;
		const end = yield* scanThreadList(
			this.settings,
			({ rows, serverTime, number }) => {
				order.observe(rows);
				this.clock = serverTime;
				for (const row of rows) {
					this.newest = newerTime(this.newest, row.time, serverTime);
					if (!this.isNews(row)) continue;
					if (row.isWanted) queue.add(row);
					else hasOthers = true;
				}
				// In a newest-first list, a new message stands above every thread older than the newest known time. Threads that
				// the server should have kept back push late mail down, to where only a scan to the floor finds it.
				const isUntouched =
					number === 1 && queue.isEmpty && !hasOthers && order.hasPassed(this.newest);
				const isIdle = isUntouched && !state.unfinished;
				return !state.unordered && (isIdle || order.hasPassed(state.floor)) ? 'enough' : 'more';
			},
			state.resume,
		);
		if (end.note) this.notes.push(end.note);
		this.outOfTime = end.outOfTime;
		this.hadChanges = !queue.isEmpty;
		return end;
	}

	/** Reads changed threads, the oldest first, until there is enough to emit or the time is up; at least one. */
	*readThreads(): Steps<void> {
		let nearDeadline = false;
		let reads = 0;
		for (const row of this.queue.inOrder()) {
			if (this.outOfTime || this.batch.isFull || (nearDeadline && reads > 0)) return;
			reads++;
			const take = (messages: MessageRow[]) => this.take(row, messages);
			const read = yield* readThread(row, this.state.floor, take);
			if (read.note) this.notes.push(read.note);
			nearDeadline = read.nearDeadline;
			this.outOfTime = read.outcome === 'outOfTime';
			if (!this.outOfTime) this.queue.remove(row);
			if (read.outcome === 'read') this.finished.push(row);
			if (read.outcome === 'gone') this.notes.push(`Thread ${row.id} was deleted; it is skipped`);
		}
	}

	/** Nothing has changed and nothing waits: the state can stay as it is. */
	isQuiet(end: ListEnd): boolean {
		const hasNews = this.hadChanges || this.state.unfinished || !end.isComplete;
		return !hasNews && this.order.isBroken === this.state.unordered;
	}

	nothing(): PollResult {
		return { emissions: [], notes: this.notes, timedOut: false };
	}

	finish(end: ListEnd): PollResult {
		const emissions = this.emit();
		const oldestHidden = Math.min(this.queue.oldestHidden(), this.batch.oldest);
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
			resume: resume !== undefined && resume.length <= MAX_CURSOR_LENGTH ? resume : undefined,
		};
		const timedOut = this.outOfTime && emissions.length === 0 && this.finished.length === 0;
		return { state, emissions, notes: this.notes, timedOut };
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
			if (this.settings.wants(row.message, thread.about)) this.batch.add(row, thread);
			else this.known.add(row.key, row.time);
		}
	}

	private emit(): Emission[] {
		const entries = this.batch.take();
		for (const { key, time } of entries) this.known.add(key, time);
		for (const row of this.finished) {
			if (!this.batch.isLeft(row)) this.known.add(row.key, row.time ?? (this.newest || undefined));
		}
		return entries.map(({ message, thread }) => ({ message, thread }));
	}

	/** The new floor. Forgets what lies below it; when memory is full, forgets more and raises the floor accordingly. */
	private raiseFloor(covered: number): number {
		const mayRiseTo = Math.min(this.state.covered, covered) - this.settings.lookBackMs;
		const floor = Math.max(this.state.floor, mayRiseTo);
		this.known.dropBefore(floor);
		const pressed = this.known.trim() ?? 0;
		if (pressed <= floor) return floor;
		this.notes.push(
			'So much mail has arrived that the look-back is shorter than configured for now',
		);
		return pressed;
	}
}
