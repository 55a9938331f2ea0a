import type { ApprovalRow, MessageRow, ThreadRow } from '../world/rows';
import type { RateLimit, SandboxSettings } from '../world/settings';
import type {
	Fault,
	InboundMail,
	OutboundMail,
	OutboxMail,
	RecordedRequest,
	Snapshot,
	ThreadPatch,
	Violation,
} from '../world/types';

export interface SandboxOptions {
	/** 0 (default) takes a free port. Always bound to 127.0.0.1. */
	port?: number;
	seed?: 'demo' | 'empty';
	/** null = no limit. Default 60 requests in 60 s per key. Counted in real time, whatever the clock is set to. */
	rateLimit?: RateLimit | null;
	/** Freezes the sandbox's clock at this moment (ISO or epoch ms); `control.advanceClock` moves it. */
	now?: string | number;
	/**
	 * The number that ids begin with, 1 by default: the same ids in every run. A client that remembers ids must not meet
	 * them again after a reset, which no real server has, so it takes another one each time.
	 */
	firstId?: number;
}

export interface SandboxKeys {
	/** Everything the package uses. */
	full: string;
	/** All reads, no writes. */
	readOnly: string;
	/** email:read, email:send-approval, approvals:read: sends are queued. */
	sendApproval: string;
	/** Accepted, but granted nothing. */
	noScopes: string;
}

export interface Sandbox {
	/** Where the page is, without a trailing slash. */
	origin: string;
	/** Base URL for the credential. */
	apiUrl: string;
	keys: SandboxKeys;
	control: SandboxControl;
	/** Ends every open connection, hanging ones too. */
	close(): Promise<void>;
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
