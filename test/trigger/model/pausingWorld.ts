import type { Settings } from '../../../nodes/TrustPager/trigger/poll/types';
import type { History, PollEvent } from './history';
import type { PollRecord } from './world';
import { World } from './world';

export interface PauseEvent {
	kind: 'pause';
	/** Mails that arrive in the pause. */
	mails: number;
	/** Whether the first poll comes later, as with n8n's durable scheduler, or at once. */
	isDelayed: boolean;
	/** The first poll, when it comes at once. */
	first: PollEvent;
}

/** A world in which the trigger is paused now and then, with the option After a Pause. */
export class PausingWorld extends World {
	/** Mails that arrived in a pause that is to be skipped. */
	readonly inPause = new Set<string>();
	/** Since when the trigger runs again, in seconds; until a poll has succeeded. */
	private resumedAt?: number;
	private floorBefore = 0;

	constructor(
		history: Pick<History, 'config' | 'hasClock'>,
		private readonly startsFresh: boolean,
		settings: Partial<Settings> = {},
	) {
		super(history, settings);
	}

	/** Mail that no poll had found before the pause may come or not: nothing tells it from mail of the pause. */
	pause({ mails, isDelayed, first }: PauseEvent): void {
		this.restart();
		if (!this.startsFresh) {
			this.outage(mails);
			return;
		}
		const emitted = new Set(this.emitted);
		for (const id of this.expected) if (!emitted.has(id)) this.expected.delete(id);
		const before = this.mailbox.mails.length;
		this.isActive = false;
		this.outage(mails);
		this.isActive = true;
		for (const { id } of this.mailbox.mails.slice(before)) this.inPause.add(id);

		if (this.resumedAt === undefined) this.floorBefore = this.startFloor;
		this.resumedAt = this.mailbox.now += 1;
		this.startFloor = this.resumedAt;
		if (!isDelayed) this.pollAfterPause({ ...first, duringPoll: [] }, Infinity);
	}

	override poll(plan: Omit<PollEvent, 'kind'>): PollRecord | undefined {
		if (this.resumedAt === undefined) return super.poll(plan);
		return this.pollAfterPause(plan, this.resumedAt * 1_000);
	}

	private pollAfterPause(plan: Omit<PollEvent, 'kind'>, end: number): PollRecord | undefined {
		const { live, saved } = this;
		this.settings.pauseEnd = () => end;
		const record = super.poll(this.allowed(plan));
		delete this.settings.pauseEnd;
		if (record === undefined) return undefined;
		if (record.result.timedOut) {
			Object.assign(this, { live, saved });
			return undefined;
		}
		this.startFloor = Math.max(this.floorBefore, (this.live?.floor ?? 0) / 1_000);
		this.resumedAt = undefined;
		return record;
	}

	/**
	 * What the first poll after a pause cannot see, it cannot skip, and neither can an activation: threads that slide past
	 * the scan, and, where the server tells no time, the rest of a list that is not newest first.
	 */
	private allowed(plan: Omit<PollEvent, 'kind'>): Omit<PollEvent, 'kind'> {
		const isNewestFirst = this.history.config.order === 'newest';
		const duringPoll = plan.duringPoll.filter(
			({ change }) => isNewestFirst && change.kind === 'arrive' && change.thread === -1,
		);
		const isCut = isNewestFirst || this.history.hasClock;
		return isCut
			? { ...plan, duringPoll }
			: { ...plan, duringPoll, budget: undefined, listBudget: undefined };
	}
}
