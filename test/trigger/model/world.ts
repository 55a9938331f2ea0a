import type { TriggerState } from '../../../nodes/TrustPager/trigger/poll/state';
import type {
	PollResult,
	Settings,
	PageRequest,
} from '../../../nodes/TrustPager/trigger/poll/types';
import type { Happening, History, PollEvent } from './history';
import type { Mail } from './mailbox';
import { Mailbox } from './mailbox';
import { runPoll, stored } from './run';

/** Far enough ahead to blind a trigger that believes it. */
const FAR_FUTURE = 10_000_000;

export interface PollRecord {
	wants: PageRequest[];
	emitted: string[];
	result: PollResult;
	/** Mails that were there, and whose thread was, before the poll. */
	visible: Set<string>;
}

/** The mailbox, n8n around the trigger, and what was promised; what the histories are played on. */
export class World {
	readonly mailbox: Mailbox;
	readonly settings: Settings;
	readonly emitted: string[] = [];
	readonly polls: PollRecord[] = [];
	/** Inbound mails that must come out, unless their thread is deleted first. */
	readonly promised = new Set<string>();
	/** Mails that were there at the activation. */
	readonly old = new Set<string>();
	/** What the running n8n holds, and what its database does. */
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
			list: 'all',
			...settings,
		};
	}

	happen(happening: Happening): void {
		const { mailbox } = this;
		if (happening.kind === 'wait') mailbox.now += happening.seconds;
		if (happening.kind === 'delete') mailbox.remove(happening.thread);
		if (happening.kind === 'touch') mailbox.touch(happening.thread);
		if (happening.kind === 'arrive') {
			this.arrive(happening.thread, happening.inbound, this.dateOf(happening.late));
		}
	}

	/** Some mails over a long time without any poll. */
	outage(mails: number): void {
		for (let number = 0; number < mails; number++) {
			this.mailbox.now += 1_000;
			this.arrive(number % 3 === 2 ? number * 7 : -1, number % 4 !== 3, this.mailbox.now);
		}
	}

	activate(): void {
		const plan = { maxMessages: 100, ...this.clock() };
		const outcome = runPoll(this.mailbox, undefined, this.settings, plan);
		for (const { id } of this.mailbox.mails) this.old.add(id);
		this.live = this.saved = stored(outcome?.result.state);
		this.startFloor = (this.live?.floor ?? 0) / 1_000;
		this.isActive = true;
	}

	/** What n8n does with a poll: a throw changes nothing, an emission is stored with the state, null only kept. */
	poll(plan: Omit<PollEvent, 'kind'>): PollRecord | undefined {
		const visible = new Set(this.visibleMails().map(({ id }) => id));
		const outcome = runPoll(this.mailbox, this.live, this.settings, {
			...plan,
			...this.clock(),
			before: (request) => {
				for (const entry of plan.meanwhile) {
					if (entry.request === request) this.happen(entry.happening);
				}
			},
		});
		if (!outcome) return undefined;
		const { result, wants } = outcome;
		const emitted = result.emissions.map(({ message }) => String(message.id));
		this.emitted.push(...emitted);
		this.live = stored(result.state) ?? this.live;
		if (emitted.length > 0) this.saved = this.live;
		const record = { wants, emitted, result, visible };
		this.polls.push(record);
		return record;
	}

	restart(): void {
		this.live = this.saved;
	}

	/**
	 * Polls without any trouble until nothing comes any more. Late mail that sorts below a first page full of newer threads
	 * is found with the next change only; so there is one, where the window is larger than a page.
	 */
	settle(maxMessages = 100): void {
		this.drain(maxMessages);
		if (this.mailbox.threads.size <= this.history.config.pageSize) return;
		this.arrive(-1, true, this.mailbox.now);
		this.drain(maxMessages);
	}

	private drain(maxMessages: number): void {
		for (let idle = 0, polls = 0; idle < 2; polls++) {
			if (polls > 2_000) throw new Error('The trigger does not come to rest');
			const record = this.poll({ maxMessages, meanwhile: [] });
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
		if (this.isActive && inbound && at >= earliest) this.promised.add(mail.id);
	}

	/**
	 * Later than the look-back only where it harms nobody else: where a thread's time can fall, it would hide the
	 * thread's other mail, and in a list by arrival it looks like the end of what is new.
	 */
	private dateOf(late: number): number {
		const { mailbox, history } = this;
		const { lookBack, rowShows, order } = history.config;
		const canFall = rowShows.timeOf === 'lastArrived';
		if (late < 0) return mailbox.now + (history.hasClock && !canFall ? FAR_FUTURE : 0);
		const most = canFall || order === 'arrival' ? 1_000 : Infinity;
		return mailbox.now - Math.floor((Math.min(late, most) * lookBack) / 1_000);
	}

	private clock(): { serverTime?: () => number } {
		return this.history.hasClock ? { serverTime: () => this.mailbox.now * 1_000 } : {};
	}
}
