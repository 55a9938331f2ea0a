import type { IDataObject } from 'n8n-workflow';

import type { RowEvent } from '../../../nodes/TrustPager/trigger/events/event';
import { rowReader } from '../../../nodes/TrustPager/trigger/events/readRow';
import type { PageResult } from '../../../nodes/TrustPager/trigger/poll/types';
import { pollRows } from '../../../nodes/TrustPager/trigger/rows/poll';
import type { RowState } from '../../../nodes/TrustPager/trigger/rows/state';
import { readRowState } from '../../../nodes/TrustPager/trigger/rows/state';
import type {
	RowRequest,
	RowResult,
	RowSettings,
} from '../../../nodes/TrustPager/trigger/rows/types';
import type { Change, History, PollEvent } from './history';
import type { Entry } from './server';
import { Server } from './server';

const LOOK_BACK = 3_600;

export type Plan = Omit<PollEvent, 'kind'>;

/** The list, n8n with the trigger, and the events that are expected, each as the ID of a row and a kind of status. */
export class World {
	readonly server: Server;
	readonly settings: RowSettings;
	readonly statuses: string[];
	readonly emitted: string[] = [];
	/** Must be emitted, unless the row is deleted or gets another status first. */
	readonly expected = new Set<string>();
	/** Must not be emitted: from before the activation, or from a pause that is skipped. */
	readonly old = new Set<string>();
	requests: RowRequest[] = [];
	live?: RowState;
	private saved?: RowState;
	/** Since when the trigger runs again after a pause that is to be skipped, until a poll has succeeded. */
	private resumedAt?: number;
	private isRunning = false;

	constructor(
		private readonly history: Pick<History, 'config' | 'hasClock' | 'chosen' | 'startsFresh'>,
		readonly event: RowEvent,
		settings: Partial<RowSettings> = {},
	) {
		const { config, chosen } = history;
		this.server = new Server(config, event);
		this.statuses = event.statuses.slice(0, chosen).map(({ value }) => String(value));
		if (config.statusFilter === 'refused' && this.statuses.length > 1) {
			this.server.unknown = this.statuses[this.statuses.length - 1];
		}
		this.settings = {
			statuses: this.statuses,
			read: rowReader(event, this.statuses, () => true),
			endsAtFloor: event.lastingTimes === undefined,
			hasMore: event.one && (({ row }) => event.one?.isNeeded(row) === true),
			lookBackMs: LOOK_BACK * 1_000,
			maxItems: 100,
			list: 'all',
			...settings,
		};
	}

	/** What an event is called here. */
	nameOf({ id, status }: IDataObject): string {
		const word = String(status).toLowerCase();
		return `${String(id)} ${this.event.sameAs?.[word] ?? word}`;
	}

	/** Whether an event is of one of the chosen statuses, under whichever name. */
	isOfChosen(name: string): boolean {
		return this.statuses.some((status) => name.endsWith(this.nameOf({ id: '', status })));
	}

	there(): Set<string> {
		const listed = [...this.server.entries.values()].filter(({ status }) => this.isListed(status));
		return new Set(listed.map((entry) => this.nameOf({ ...entry })));
	}

	apply(change: Change): void {
		const { server } = this;
		if (change.kind === 'wait') server.now += change.seconds;
		if (change.kind === 'write') server.write(change.due);
		if (change.kind === 'delete') {
			const entry = server.picked(change.row, () => true);
			if (entry) server.entries.delete(entry.id);
		}
		if (change.kind === 'reach') this.reach(change);
	}

	private reach({ row, status, again }: Extract<Change, { kind: 'reach' }>): void {
		const { server, statuses, event } = this;
		const all = event.statuses.map(({ value }) => String(value));
		const known = all.filter((one) => one !== server.unknown);
		const wanted = status < 0 ? 'withdrawn' : known[status % known.length];
		const from = [...server.entries.values()].filter(
			(one) => (one.reached !== undefined) === again,
		);
		const entry = from[from.length - 1 - (row % Math.max(1, from.length))];
		if (!entry) return;
		if (entry.status === wanted) return;
		// Under its other name a status is still the same.
		if (this.isKind(entry.status, wanted)) {
			entry.status = wanted;
			return;
		}
		server.reach(entry, wanted);
		const name = this.nameOf({ ...entry });
		if (!statuses.some((one) => this.isKind(one, wanted))) return;
		if (this.isRunning) this.expect(entry, name, wanted);
	}

	private isKind(one: string, other: string): boolean {
		return this.nameOf({ id: '', status: one }) === this.nameOf({ id: '', status: other });
	}

	private expect(entry: Entry, name: string, status: string): void {
		if (this.emitted.includes(name) || this.old.has(name)) return;
		const { server } = this;
		const { latest } = this.settings.read(server.row(entry)) ?? {};
		if ((latest ?? 0) < (server.now - LOOK_BACK) * 1_000) return;
		if (!this.isListed(status)) return;
		if (!this.live?.started.includes(this.askedFor(status))) return;
		if (this.resumedAt !== undefined && !this.tellsReached(entry)) return;
		this.expected.add(name);
	}

	/** A server that filters does not list what is not asked for. */
	private isListed(status: string): boolean {
		return this.statuses.includes(status) || this.history.config.statusFilter === 'ignored';
	}

	private askedFor(status: string): string {
		if (this.statuses.includes(status)) return status;
		return this.statuses.find((one) => this.isKind(one, status)) ?? '';
	}

	private tellsReached(entry: Entry): boolean {
		const { reached } = this.settings.read(this.server.row(entry)) ?? {};
		return reached !== undefined && this.history.hasClock;
	}

	activate(budget?: number): void {
		const outcome = this.run({ maxItems: 100, budget, duringPoll: [] }, readRowState(undefined));
		this.take(outcome?.emissions ?? []);
		if (outcome && !outcome.timedOut) this.live = this.saved = stored(outcome.state);
		this.markOld();
		this.isRunning = true;
	}

	/** What has one of the statuses now was there before the start. */
	private markOld(): void {
		for (const { id, status } of this.server.entries.values()) {
			const name = this.nameOf({ id, status });
			if (this.isListed(status) && !this.emitted.includes(name)) this.old.add(name);
		}
	}

	/** Handles a poll like n8n: a failure changes nothing, an emission is saved with the state, null is kept in memory. */
	poll(plan: Plan): RowResult | undefined {
		const { resumedAt } = this;
		if (resumedAt !== undefined)
			this.settings.pauseEnd = () => (this.history.hasClock ? resumedAt * 1_000 : Infinity);
		const isFirst = this.live === undefined;
		const outcome = this.run(plan, this.live ?? readRowState(undefined));
		delete this.settings.pauseEnd;
		if (outcome === undefined || outcome.timedOut || outcome.refusal !== undefined)
			return undefined;
		this.resumedAt = undefined;
		this.take(outcome.emissions);
		this.live = stored(outcome.state) ?? this.live;
		if (outcome.emissions.length > 0 || isFirst) this.saved = this.live;
		return outcome;
	}

	private take(emissions: IDataObject[]): void {
		const names = emissions.map((row) => this.nameOf(row));
		this.emitted.push(...names);
	}

	restart(): void {
		const before = this.live?.started ?? [];
		this.live = this.saved;
		const lost = before.filter((one) => !this.live?.started.includes(one));
		// A status that had not started when the state was last saved starts again.
		for (const name of this.expected) {
			if (this.emitted.includes(name)) continue;
			if (lost.some((status) => name.endsWith(` ${this.nameOf({ id: '', status }).trim()}`)))
				this.expected.delete(name);
		}
		if (this.history.startsFresh) this.skipUntilNow();
	}

	pause(changes: Change[], isDelayed: boolean): void {
		this.restart();
		this.isRunning = !this.history.startsFresh;
		for (const change of changes) this.apply(change);
		this.isRunning = true;
		if (this.history.startsFresh) this.skipUntilNow();
		if (!isDelayed) this.poll({ maxItems: 100, duringPoll: [] });
	}

	/** What no poll had found before the pause may come or not: nothing tells it from what is of the pause. */
	private skipUntilNow(): void {
		for (const name of this.expected) if (!this.emitted.includes(name)) this.expected.delete(name);
		this.markOld();
		this.server.now += 1;
		this.resumedAt = this.server.now;
	}

	/** Polls without faults until nothing more is emitted. */
	settle(): void {
		this.server.unknown = undefined;
		for (let idle = 0, polls = 0; idle < 4; polls++) {
			if (polls > 500) throw new Error('The trigger never becomes idle');
			this.server.now += 120_000;
			const outcome = this.poll({ maxItems: 100, duringPoll: [] });
			idle = outcome && outcome.emissions.length === 0 ? idle + 1 : 0;
		}
	}

	private run(plan: Plan, state: RowState): RowResult | undefined {
		const steps = pollRows(state, { ...this.settings, maxItems: plan.maxItems });
		this.requests = [];
		let step = steps.next();
		while (!step.done) {
			this.requests.push(step.value);
			const number = this.requests.length;
			for (const { request, change } of plan.duringPoll) if (request === number) this.apply(change);
			if (plan.failsAt === number) return undefined;
			if (number > 5_000) throw new Error('The poll does not end');
			step = steps.next(this.answer(step.value, number, plan.budget));
		}
		return step.value;
	}

	private answer(request: RowRequest, number: number, budget = Infinity): PageResult {
		if (number > budget + 3) return { outcome: 'outOfTime', nearDeadline: true };
		const nearDeadline = number >= budget;
		const serverTime = this.history.hasClock ? this.server.now * 1_000 : undefined;
		const page =
			request.kind === 'row'
				? this.server.one(request.id)
				: this.server.list(request.status, request.cursor);
		if (page === undefined) return { outcome: 'gone', nearDeadline, reason: 'refused' };
		return { outcome: 'page', page, serverTime, nearDeadline };
	}
}

/** The state after n8n has stored and loaded it. */
function stored(state: RowState | undefined): RowState | undefined {
	return state && readRowState(JSON.parse(JSON.stringify(state)));
}
