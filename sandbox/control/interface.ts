import type { SandboxOptions } from '../world/options';
import type {
	ApprovalRow,
	ConfigRow,
	Direction,
	LogRow,
	MessageRow,
	Participant,
	ThreadRow,
} from '../world/rows';
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
	approvals: ApprovalRow[];
}

export interface ThreadPatch {
	subject?: string;
	status?: string;
	is_read?: boolean;
	is_automated?: boolean;
	message_count?: number;
	/** Taken as it is, malformed text and null included. */
	last_message_at?: string | null;
	last_message_direction?: Direction;
	last_message_preview?: string;
	participants?: Participant[];
}

/** The tests' hand on a sandbox; the same in process and, through `connectControl`, over HTTP. */
export interface SandboxControl {
	/** Back to the seed and to default settings; forgets faults, requests, outbox, violations and added keys. */
	reset(options?: Omit<SandboxOptions, 'port'>): Promise<void>;
	/** Inbound mail arrives, in a new thread unless `threadId` names one. Nothing is linked unless asked. */
	receive(mail?: InboundMail): Promise<{ thread: ThreadRow; message: MessageRow }>;
	/** Our own mail in a thread, as if written in the app: no request, no log, not in the outbox. */
	writeOutbound(
		threadId: string,
		mail?: OutboundMail,
	): Promise<{ thread: ThreadRow; message: MessageRow }>;
	/** Freezes the clock; null lets it follow real time again. */
	setClock(at: string | number | null): Promise<void>;
	/** Moves the clock (frozen or running) by so many ms. */
	advanceClock(ms: number): Promise<void>;
	now(): Promise<string>;
	set(settings: Partial<SandboxSettings>): Promise<void>;
	settings(): Promise<SandboxSettings>;
	addKey(options: { scopes: string[]; name?: string }): Promise<string>;
	/** Returns the fault's id. The oldest matching fault that is not used up wins. */
	addFault(fault: Fault): Promise<string>;
	/** Also plantings (`shiftPagesBy`, `duplicateCursor`); requests that hang or wait are cut off. */
	clearFaults(): Promise<void>;
	/**
	 * After the next page served of the thread list, n mails arrive: `new` opens n threads (rows slide onto the
	 * next page), `unseen` goes into the n threads that the next pages would have shown (they jump to the top).
	 * Switches `paging` to `offset`, the kind that shifts.
	 */
	shiftPagesBy(n: number, into?: 'new' | 'unseen'): Promise<void>;
	/** The next so many list answers that were asked with a cursor hand out that same cursor again. Default 1. */
	duplicateCursor(times?: number): Promise<void>;
	/** Oldest first; the last 50,000. */
	requests(): Promise<RecordedRequest[]>;
	clearRequests(): Promise<void>;
	outbox(): Promise<OutboxMail[]>;
	violations(): Promise<Violation[]>;
	snapshot(): Promise<Snapshot>;
	patchThread(id: string, patch: ThreadPatch): Promise<ThreadRow>;
	deleteThread(id: string): Promise<void>;
	/** n inbound messages, a second apart, the first a second after the thread's last. Returns their ids. */
	addMessages(threadId: string, n: number): Promise<string[]>;
	/** n new threads with one inbound message each, a second apart, ending now. Returns their ids. */
	addThreads(n: number): Promise<string[]>;
	/** A person decides in the app; `requestBody` replaces the queued body first. */
	decideApproval(
		id: string,
		decision: 'approved' | 'rejected' | 'expired',
		requestBody?: Record<string, unknown>,
	): Promise<ApprovalRow>;
}
