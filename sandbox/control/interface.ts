import type { SandboxOptions } from '../world/options';
import type {
	ActivityRow,
	ApprovalRow,
	ConfigRow,
	Direction,
	LogRow,
	MessageRow,
	Participant,
	ThreadRow,
} from '../world/rows';
import type { ScheduledRow } from '../world/scheduledRows';
import type { SandboxSettings } from '../world/settings';
import type {
	Fault,
	InboundMail,
	OutboundMail,
	OutboxMail,
	RecordedRequest,
	Violation,
} from '../world/types';

export interface Snapshot {
	threads: ThreadRow[];
	messages: Array<MessageRow & { thread_id: string }>;
	logs: LogRow[];
	configs: ConfigRow[];
	scheduled: ScheduledRow[];
	approvals: ApprovalRow[];
	activities: ActivityRow[];
}

export interface ThreadPatch {
	subject?: string;
	status?: string;
	is_read?: boolean;
	is_automated?: boolean;
	message_count?: number;
	/** Used as is, even if malformed or null. */
	last_message_at?: string | null;
	last_message_direction?: Direction;
	last_message_preview?: string;
	participants?: Participant[];
}

/** Controls a sandbox from tests: in process or, with `connectControl`, over HTTP. */
export interface SandboxControl {
	/** Restores seed and default settings; clears faults, requests, outbox, violations and added keys. */
	reset(options?: Omit<SandboxOptions, 'port'>): Promise<void>;
	/** Adds an inbound message, in a new thread unless `threadId` is given. Links only the given ids. */
	receive(mail?: InboundMail): Promise<{ thread: ThreadRow; message: MessageRow }>;
	/** Adds an outbound message as if written in the app: no request, no log, not in the outbox. */
	writeOutbound(
		threadId: string,
		mail?: OutboundMail,
	): Promise<{ thread: ThreadRow; message: MessageRow }>;
	/** Freezes the clock; null lets it follow real time again. */
	setClock(at: string | number | null): Promise<void>;
	/** Moves the clock, frozen or running, by `ms` milliseconds. */
	advanceClock(ms: number): Promise<void>;
	now(): Promise<string>;
	set(settings: Partial<SandboxSettings>): Promise<void>;
	settings(): Promise<SandboxSettings>;
	addKey(options: { scopes: string[]; name?: string }): Promise<string>;
	/** Returns the fault's id. The oldest matching fault that is not used up applies. */
	addFault(fault: Fault): Promise<string>;
	/** Also clears `shiftPagesBy` and `duplicateCursor`, and ends requests that hang or wait. */
	clearFaults(): Promise<void>;
	/**
	 * After the next page of the thread list, n emails arrive: with `new` in n new threads (rows move to the next
	 * page), with `unseen` in the first n threads of the remaining pages (they move to the top). Sets `paging` to
	 * `offset`, because keyset pages do not shift.
	 */
	shiftPagesBy(n: number, into?: 'new' | 'unseen'): Promise<void>;
	/** The next `times` (default 1) list answers to a request with a cursor return that same cursor. */
	duplicateCursor(times?: number): Promise<void>;
	/** Oldest first; the last 50,000. */
	requests(): Promise<RecordedRequest[]>;
	clearRequests(): Promise<void>;
	outbox(): Promise<OutboxMail[]>;
	/** What the contract of the sandbox's settings does not allow. An endpoint of another dialect is no violation. */
	violations(): Promise<Violation[]>;
	snapshot(): Promise<Snapshot>;
	patchThread(id: string, patch: ThreadPatch): Promise<ThreadRow>;
	deleteThread(id: string): Promise<void>;
	/** Marks the contacts with this address as unsubscribed from email; adds one if there is none. Returns their ids. */
	unsubscribe(email: string): Promise<string[]>;
	/** Adds n inbound messages, one second apart, starting one second after the thread's last. Returns their ids. */
	addMessages(threadId: string, n: number): Promise<string[]>;
	/** Adds n threads with one inbound message each, one second apart, the last one now. Returns their ids. */
	addThreads(n: number): Promise<string[]>;
	/** What the mail provider reports later: the log row's new status. */
	setLogStatus(id: string, status: string): Promise<LogRow>;
	/** What the server's timer or a rule does with a scheduled email that is pending. */
	finishScheduled(
		id: string,
		status: 'dispatched' | 'failed' | 'cancelled' | 'skipped',
	): Promise<ScheduledRow>;
	/** Decides as a person in the app; `requestBody` replaces the queued body first. */
	decideApproval(
		id: string,
		decision: 'approved' | 'rejected' | 'expired',
		requestBody?: Record<string, unknown>,
	): Promise<ApprovalRow>;
}
