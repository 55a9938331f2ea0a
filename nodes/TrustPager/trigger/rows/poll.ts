import type { IDataObject } from 'n8n-workflow';

import { ListOrder } from '../poll/listOrder';
import type { ListEnd } from '../poll/scanList';
import { scanList } from '../poll/scanList';
import { emptyState } from '../poll/state';
import { News } from './news';
import type { RowState } from './state';
import type { RowResult, RowSettings, RowSteps } from './types';

/** Rows that are written at once may be listed a little out of order. */
const TOLERANCE_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
/** A longer cursor is not stored: the state stays small whatever the server sends. */
const MAX_CURSOR_LENGTH = 2_000;

/**
 * One poll for rows that get one of some statuses, without any I/O.
 *
 * Why every such row is emitted exactly once. As for messages, a row is dealt with when its `latest` time lies before the
 * floor or its key is known, and both are stored in the state that goes with the emission.
 * - At most once: the key becomes known with the emission, and is forgotten only when the floor has passed `latest`.
 * - At least once: where a row stands in its list does not show that it is new, because it may have been written long
 *   before. So the lists are read to their ends, or, where the time of writing is all that a row has, to the floor.
 *   Between two such readings, a list that is newest first is read as far as there is news. The next reading comes after
 *   as many minutes as the last one had further pages, so that these cost one request a minute at most.
 * - The floor stays `lookBackMs` below the newest time in the data, one reading behind, and does not rise after one that
 *   was cut short.
 * - What has a status when the trigger starts, or after a pause that is to be skipped, becomes known. A status has started
 *   when its list has been read to its end, over several polls if need be.
 */
export function* pollRows(before: RowState, settings: RowSettings): RowSteps<RowResult> {
	const isNew = before.list !== settings.list;
	const state = isNew ? { ...emptyState(settings.list), started: [] } : before;
	const run = new RowRun(state, settings, isNew);
	yield* run.readLists();
	return yield* run.finish();
}

class RowRun {
	private readonly started: Set<string>;
	private readonly news: News;
	private readonly ended = new Set<string>();
	private readonly refusals: unknown[] = [];
	private readonly notes: string[] = [];
	private readonly restarts: boolean;
	/** Pages beyond the first of each list. */
	private furtherPages = 0;
	private resume?: string;
	/** All lists were read as far as new rows can stand. */
	private isWhole = true;
	private isShallow = false;
	private outOfTime = false;

	constructor(
		private readonly state: RowState,
		private readonly settings: RowSettings,
		private readonly isNew: boolean,
	) {
		const pauseEnd = isNew ? undefined : settings.pauseEnd;
		this.restarts = isNew || pauseEnd !== undefined;
		this.started = new Set(this.restarts ? [] : state.started);
		this.news = new News(state, settings, this.started, pauseEnd);
	}

	/** Reads the list of each status; first the one in which the previous poll ran out of time. */
	*readLists(): RowSteps<void> {
		const { statuses } = this.settings;
		const [, first = '', cursor] = /^(\S*) ?(.+)?$/.exec(this.state.resume ?? '') ?? [];
		const at = Math.max(0, statuses.indexOf(first));
		for (const status of [...statuses.slice(at), ...statuses.slice(0, at)]) {
			const skipTo = status === first ? cursor : undefined;
			const end = yield* this.readList(status, skipTo);
			this.furtherPages += Math.max(0, end.pages - 1);
			if (end.note) this.notes.push(end.note);
			if (end.refusal !== undefined) {
				this.refusals.push(end.refusal);
				continue;
			}
			if (!end.isComplete) this.isWhole = false;
			if (end.outOfTime || end.resume !== undefined) {
				this.resume ??= [status, end.resume].filter(Boolean).join(' ');
			} else if (skipTo === undefined || !end.note) {
				for (const one of this.news.isMixed ? statuses : [status]) this.ended.add(one);
			}
			this.outOfTime = end.outOfTime;
			// A list of all statuses has been read: the others are the same.
			if (end.outOfTime || this.news.isMixed) return;
		}
	}

	private *readList(status: string, skipTo?: string): RowSteps<ListEnd> {
		const { state, settings, news } = this;
		const order = new ListOrder(TOLERANCE_MS);
		let isShallow = false;
		const end = yield* scanList(
			{ request: (cursor) => ({ kind: 'rows' as const, status, cursor }), read: settings.read },
			({ rows, serverTime }) => {
				order.observe(rows);
				const hasNews = news.take(rows, status, serverTime);
				const floor = this.isNew ? news.newest - settings.lookBackMs : state.floor;
				if (settings.endsAtFloor && order.hasPassed(floor)) return 'enough';
				isShallow = !hasNews && this.started.has(status) && this.mayWait && order.isNewestFirst;
				return isShallow ? 'enough' : 'more';
			},
			skipTo,
		);
		this.isShallow ||= isShallow;
		return isShallow ? { ...end, isComplete: false } : end;
	}

	/** It is not time yet for the pages behind those with news. */
	private get mayWait(): boolean {
		const { deepAt = 0, unfinished } = this.state;
		return !unfinished && (this.news.clock ?? Infinity) < deepAt;
	}

	*finish(): RowSteps<RowResult> {
		const { news, notes, outOfTime } = this;
		const isStalled = news.oldestFirst().length > 0 || !news.hasAnswers;
		const emissions = yield* this.emit();
		const state = this.nextState(emissions.length > 0);
		const timedOut = (outOfTime || this.outOfTime) && emissions.length === 0 && isStalled;
		const isRefused = this.refusals.length === this.settings.statuses.length;
		return { state, emissions, notes, timedOut, refusal: isRefused ? this.refusals[0] : undefined };
	}

	private *emit(): RowSteps<IDataObject[]> {
		const { news } = this;
		const emissions: IDataObject[] = [];
		let nearDeadline = false;
		for (const row of news.oldestFirst()) {
			let now = row;
			if (this.settings.hasMore?.(row)) {
				news.hasLeft ||= nearDeadline;
				if (nearDeadline) break;
				const seen = yield { kind: 'row', id: row.id };
				this.outOfTime = seen.outcome === 'outOfTime';
				news.hasLeft ||= this.outOfTime;
				if (this.outOfTime) break;
				nearDeadline = seen.nearDeadline;
				const more = seen.outcome === 'page' ? seen.page.items[0] : {};
				// It may have got another status since it was listed.
				now = this.settings.read({ ...row.row, ...more }) ?? row;
			}
			if (now.isOther) continue;
			if (!news.known.has(now.key)) emissions.push(now.row);
			for (const { key, latest } of [row, now]) news.known.add(key, latest);
		}
		return emissions;
	}

	private nextState(hasEmitted: boolean): RowState | undefined {
		const { state, settings, resume, news } = this;
		const { newest, known } = news;
		const started = settings.statuses.filter((one) => this.started.has(one) || this.ended.has(one));
		const unfinished = resume !== undefined || news.hasLeft;
		const deepAt = this.nextReading();
		const hasChanged =
			hasEmitted ||
			news.hasOld ||
			this.restarts ||
			unfinished ||
			state.unfinished ||
			deepAt !== state.deepAt ||
			started.join() !== state.started.join();
		if (!hasChanged) return undefined;

		// The clock shows whole seconds.
		const from = this.isNew ? news.clock && news.clock + 1_000 : news.from;
		const isCovered = this.isWhole && !news.hasLeft;
		const reached = this.isNew ? newest : isCovered ? Math.min(state.covered, newest) : 0;
		let floor = Math.max(state.floor, reached - settings.lookBackMs);
		known.dropBefore(floor);
		const pressed = known.trim() ?? 0;
		if (pressed > floor) {
			floor = pressed;
			this.notes.push('There are so many events that the look-back is shorter than usual for now');
		}
		return {
			...state,
			floor,
			newest,
			covered: isCovered ? newest : state.covered,
			known: known.pack(),
			unfinished,
			resume: resume !== undefined && resume.length <= MAX_CURSOR_LENGTH ? resume : undefined,
			started,
			from: started.length < settings.statuses.length ? from : undefined,
			deepAt,
		};
	}

	/** Until when polls may leave out pages without news. */
	private nextReading(): number | undefined {
		if (this.isShallow) return this.state.deepAt;
		if (this.resume !== undefined || this.furtherPages === 0) return undefined;
		return this.news.clock && this.news.clock + this.furtherPages * MINUTE_MS;
	}
}
