import type { TriggerState } from '../../../nodes/TrustPager/trigger/poll/state';
import type {
	PollResult,
	Settings,
	PageRequest,
} from '../../../nodes/TrustPager/trigger/poll/types';
import type { MailboxChange, History, PollEvent } from './history';
import type { Mail } from './mailbox';
import { Mailbox } from './mailbox';
import { runPoll, stored } from './run';

/** Far enough ahead to block a trigger that trusts it. */
const FAR_FUTURE = 10_000_000;

export interface PollRecord {
	requests: PageRequest[];
	emitted: string[];
	result: PollResult;
	/** IDs of the emails in existing threads before the poll. */
	visible: Set<string>;
}

/** The mailbox, n8n with the trigger, and the emails that are expected. The histories run on it. */
export class World {
	readonly mailbox: Mailbox;
	readonly settings: Settings;
	readonly emitted: string[] = [];
	readonly polls: PollRecord[] = [];
	/** Inbound emails that must be emitted, unless their thread is deleted first. */
	readonly expected = new Set<string>();
	/** Emails that existed at the activation. */
	readonly preexisting = new Set<string>();
	/** The state in n8n's memory. In its database: `saved`. */
	live: TriggerState | undefined;
	protected saved: TriggerState | undefined;
	protected isActive = false;
	/** With more than 20 threads in the look-back the activation starts above some of them. */
	protected startFloor = 0;

	constructor(
		protected readonly history: Pick<History, 'config' | 'hasClock'>,
		settings: Partial<Settings> = {},
	) {
		this.mailbox = new Mailbox(history.config);
		this.settings = {
			maxMessages: 100,
			lookBackMs: history.config.lookBack * 1_000,
			wants: () => true,
			lists: () => true,
			list: 'all',
			...settings,
		};
	}

	apply(change: MailboxChange): void {
		const { mailbox } = this;
		if (change.kind === 'wait') mailbox.now += change.seconds;
		if (change.kind === 'delete') mailbox.remove(change.thread);
		if (change.kind === 'touch') mailbox.touch(change.thread);
		if (change.kind === 'arrive') {
			this.arrive(change.thread, change.inbound, this.dateOf(change.late));
		}
	}

	/** Emails over a long time without a poll. */
	outage(mails: number): void {
		for (let number = 0; number < mails; number++) {
			this.mailbox.now += 1_000;
			this.arrive(number % 3 === 2 ? number * 7 : -1, number % 4 !== 3, this.mailbox.now);
		}
	}

	activate(): void {
		const plan = { maxMessages: 100, ...this.clock() };
		const outcome = runPoll(this.mailbox, undefined, this.settings, plan);
		for (const { id } of this.mailbox.mails) this.preexisting.add(id);
		this.live = this.saved = stored(outcome?.result.state);
		this.startFloor = (this.live?.floor ?? 0) / 1_000;
		this.isActive = true;
	}

	/** Handles a poll like n8n: a failure changes nothing, an emission is saved with the state, null is kept in memory. */
	poll(plan: Omit<PollEvent, 'kind'>): PollRecord | undefined {
		const visible = new Set(this.visibleMails().map(({ id }) => id));
		const outcome = runPoll(this.mailbox, this.live, this.settings, {
			...plan,
			...this.clock(),
			before: (request) => {
				for (const entry of plan.duringPoll) {
					if (entry.request === request) this.apply(entry.change);
				}
			},
		});
		if (!outcome) return undefined;
		const { result, requests } = outcome;
		const emitted = result.emissions.map(({ message }) => String(message.id));
		this.emitted.push(...emitted);
		this.live = stored(result.state) ?? this.live;
		if (emitted.length > 0) this.saved = this.live;
		const record = { requests, emitted, result, visible };
		this.polls.push(record);
		return record;
	}

	restart(): void {
		this.live = this.saved;
	}

	/**
	 * Polls without faults until nothing more is emitted. Late mail that sorts below a full first page of newer threads is
	 * found with the next change only, so this makes one if there is more than one page.
	 */
	settle(maxMessages = 100): void {
		this.drain(maxMessages);
		if (this.mailbox.threads.size <= this.history.config.pageSize) return;
		this.arrive(-1, true, this.mailbox.now);
		this.drain(maxMessages);
	}

	private drain(maxMessages: number): void {
		for (let idle = 0, polls = 0; idle < 2; polls++) {
			if (polls > 2_000) throw new Error('The trigger never becomes idle');
			const record = this.poll({ maxMessages, duringPoll: [] });
			idle = record && record.result.state === undefined ? idle + 1 : 0;
		}
	}

	visibleMails(): Mail[] {
		return [...this.mailbox.threads.values()].flatMap(({ mails }) => mails);
	}

	private arrive(thread: number, inbound: boolean, at: number): void {
		const { newestEver } = this.mailbox;
		const mail = this.mailbox.arrive(thread, inbound, at);
		const earliest = Math.max(newestEver - this.history.config.lookBack, this.startFloor);
		if (this.isActive && inbound && at >= earliest) this.expected.add(mail.id);
	}

	/**
	 * Later than the look-back only where this affects no other mail: if the time of a thread can decrease, it would hide
	 * the other mail of the thread, and in a list by arrival it looks like the end of the new rows.
	 */
	private dateOf(late: number): number {
		const { mailbox, history } = this;
		const { lookBack, rowShows, order } = history.config;
		const canDecrease = rowShows.timeOf === 'lastArrived';
		if (late < 0) return mailbox.now + (history.hasClock && !canDecrease ? FAR_FUTURE : 0);
		const max = canDecrease || order === 'arrival' ? 1_000 : Infinity;
		return mailbox.now - Math.floor((Math.min(late, max) * lookBack) / 1_000);
	}

	private clock(): { serverTime?: () => number } {
		return this.history.hasClock ? { serverTime: () => this.mailbox.now * 1_000 } : {};
	}
}
