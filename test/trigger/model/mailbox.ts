import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../../nodes/TrustPager/transport/paging';

export interface Mail {
	id: string;
	thread: string;
	inbound: boolean;
	/** The server's date of the email, in seconds; may be before its arrival. */
	at: number;
	/** Sequence number of its arrival. */
	arrival: number;
}

type Sorted = Array<{ rank: number; id: string; thread: Thread }>;

interface Thread {
	id: string;
	mails: Mail[];
	isRead: boolean;
	subject: string;
}

export interface MailboxConfig {
	/** `created`: the oldest thread first, whatever mail has arrived since. */
	order: 'newest' | 'oldest' | 'scrambled' | 'arrival' | 'created';
	paging: 'offset' | 'keyset';
	pageSize: number;
	messagePageSize: number;
	messagesDescend: boolean;
	/** Seconds since 1970 at the start. The server's clock may be decades off. */
	startsAt: number;
	/** Which fields of the row show a change. */
	rowShows: { count: boolean; preview: boolean; timeOf: 'newest' | 'lastArrived' };
	lookBack: number;
	/** What a client reads of a page as the server writes it; left out: just what it holds. */
	asRead?: (operation: 'listThreads' | 'listMessages', page: Page) => Page;
}

/** What the API most likely does. */
export const DEFAULT_CONFIG: MailboxConfig = {
	order: 'newest',
	paging: 'keyset',
	pageSize: 100,
	messagePageSize: 100,
	messagesDescend: false,
	startsAt: 1_700_000_000,
	rowShows: { count: true, preview: true, timeOf: 'newest' },
	lookBack: 3_600,
};

/** An in-memory model of the mailbox and its lists, in seconds of the server's clock. */
export class Mailbox {
	now: number;
	readonly threads = new Map<string, Thread>();
	readonly mails: Mail[] = [];
	private arrivals = 0;
	private cache?: Sorted;

	constructor(readonly config: MailboxConfig) {
		this.now = config.startsAt;
	}

	/** The newest date so far that was not in the future. */
	newestEver = 0;

	arrive(threadPick: number, inbound: boolean, at: number): Mail {
		const ids = [...this.threads.keys()];
		const known = threadPick < 0 ? undefined : ids[threadPick % Math.max(1, ids.length)];
		const thread = this.threads.get(known ?? '') ?? this.addThread();
		const arrival = ++this.arrivals;
		const id = `m${scramble(arrival)}-${arrival}`;
		const mail = { id, thread: thread.id, inbound, at, arrival };
		thread.mails.push(mail);
		thread.isRead = false;
		this.mails.push(mail);
		this.cache = undefined;
		if (at <= this.now) this.newestEver = Math.max(this.newestEver, at);
		return mail;
	}

	remove(pick: number): string | undefined {
		const ids = [...this.threads.keys()];
		const id = ids[pick % Math.max(1, ids.length)];
		if (id !== undefined) this.threads.delete(id);
		this.cache = undefined;
		return id;
	}

	/** Changes that the trigger ignores: read marks and subjects. */
	touch(pick: number): void {
		const thread = [...this.threads.values()][pick % Math.max(1, this.threads.size)];
		if (!thread) return;
		thread.isRead = !thread.isRead;
		thread.subject += '!';
	}

	listThreads(cursor?: string): Page {
		const rows = this.sorted();
		// A scrambled list has no order of keys that a cursor could refer to.
		const byOffset = this.config.paging === 'offset' || this.config.order === 'scrambled';
		let start = 0;
		if (cursor !== undefined && byOffset) start = Number(cursor);
		if (cursor !== undefined && !byOffset) {
			const [rank, id] = JSON.parse(cursor) as [number, string];
			start = rows.findIndex((row) => row.rank > rank || (row.rank === rank && row.id > id));
			if (start < 0) start = rows.length;
		}
		const page = rows.slice(start, start + this.config.pageSize);
		const end = start + page.length;
		const last = page[page.length - 1];
		const next = byOffset ? `${end}` : JSON.stringify([last?.rank, last?.id]);
		return this.answer('listThreads', {
			items: page.map(({ thread }) => this.row(thread)),
			nextCursor: end < rows.length ? next : undefined,
		});
	}

	/** Undefined for a deleted thread. */
	listMessages(threadId: string, cursor?: string): Page | undefined {
		const thread = this.threads.get(threadId);
		if (!thread) return undefined;
		const sign = this.config.messagesDescend ? -1 : 1;
		const mails = [...thread.mails].sort((a, b) => sign * (a.at - b.at || a.arrival - b.arrival));
		const start = Number(cursor ?? 0);
		const end = start + this.config.messagePageSize;
		return this.answer('listMessages', {
			items: mails.slice(start, end).map((mail) => messageRow(mail)),
			nextCursor: end < mails.length ? `${end}` : undefined,
		});
	}

	private answer(
		operation: 'listThreads' | 'listMessages',
		rows: Pick<Page, 'items' | 'nextCursor'>,
	): Page {
		const page = { ...rows, cutOff: false, isList: true };
		return this.config.asRead?.(operation, page) ?? page;
	}

	private addThread(): Thread {
		const number = this.arrivals + 1;
		const id = `t${scramble(number + 77)}-${number}`;
		const thread = { id, mails: [], isRead: false, subject: `Subject ${number}` };
		this.threads.set(id, thread);
		return thread;
	}

	private timeOf({ mails }: Thread): number {
		if (this.config.rowShows.timeOf === 'lastArrived') return mails[mails.length - 1].at;
		return mails.reduce((newest, { at }) => Math.max(newest, at), 0);
	}

	/** Sorted once, until something changes. */
	private sorted(): Sorted {
		this.cache ??= this.sort();
		return this.cache;
	}

	private sort(): Sorted {
		const { order } = this.config;
		const rankOf = (thread: Thread): number => {
			if (order === 'newest') return -this.timeOf(thread);
			if (order === 'oldest') return this.timeOf(thread);
			if (order === 'arrival') return -thread.mails[thread.mails.length - 1].arrival;
			if (order === 'created') return thread.mails[0].arrival;
			return scramble(Number(thread.id.split('-')[1]));
		};
		const rows = [...this.threads.values()].map((thread) => ({
			rank: rankOf(thread),
			id: thread.id,
			thread,
		}));
		rows.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
		// A first page of 100 rows shows that the list is scrambled, so the small pages here have to show it too.
		if (order === 'scrambled') this.bringExtremesToFront(rows);
		return rows;
	}

	private bringExtremesToFront(rows: Array<{ thread: Thread }>): void {
		const byTime = [...rows].sort((a, b) => this.timeOf(a.thread) - this.timeOf(b.thread));
		for (const row of [byTime[byTime.length - 1], byTime[0]]) {
			if (!row) continue;
			rows.splice(rows.indexOf(row), 1);
			rows.unshift(row);
		}
	}

	private row(thread: Thread): IDataObject {
		const { count, preview } = this.config.rowShows;
		const last = thread.mails[thread.mails.length - 1];
		return {
			id: thread.id,
			subject: thread.subject,
			status: 'open',
			is_read: thread.isRead,
			...(count ? { message_count: thread.mails.length } : {}),
			last_message_at: iso(this.timeOf(thread)),
			last_message_direction: last.inbound ? 'inbound' : 'outbound',
			...(preview ? { last_message_preview: `Text of ${last.id}` } : {}),
			participants: [],
			linked_entities: { contacts: [], deals: [], customers: [] },
		};
	}
}

function messageRow({ id, inbound, at }: Mail): IDataObject {
	return inbound
		? { id, direction: 'inbound', from_email: 'a@example.com', created_at: iso(at) }
		: { id, direction: 'outbound', sender_email: 'us@example.com', created_at: iso(at) };
}

export function iso(seconds: number): string {
	return new Date(seconds * 1_000).toISOString();
}

/** A hash: the same number always gives the same result. */
function scramble(value: number): number {
	return Math.imul(value ^ 0x5bd1e995, 0x27d4eb2d) >>> 12;
}
