import type { Dialect } from './dialects';

export interface InboundMail {
	threadId?: string;
	subject?: string;
	fromEmail?: string;
	fromName?: string;
	text?: string;
	html?: string;
	/** Used as is, even if malformed. Default: the sandbox's clock. */
	createdAt?: string;
	contactId?: string;
	dealId?: string;
	customerId?: string;
	isAutomated?: boolean;
	attachments?: Array<{ name: string; mimeType: string; size: number }>;
	/** Fields of the message's row, used as they are: undocumented ones such as `reply_to`, null for a missing sender. */
	row?: Record<string, unknown>;
}

export interface OutboundMail {
	toEmail?: string;
	toName?: string;
	fromEmail?: string;
	text?: string;
	createdAt?: string;
}

export type FaultKind =
	| 'status'
	| 'delay'
	| 'resetBeforeHeaders'
	| 'resetMidBody'
	| 'hang'
	| 'malformed'
	| 'empty'
	| 'html'
	| 'body';

export interface Fault {
	method?: string;
	/** API path such as `/email/send`; a trailing `*` matches anything. Default: every path. */
	path?: string;
	/** Only requests with the key of this name. Default: any key. */
	key?: string;
	/** How many requests it applies to. Default 1, null = no limit. */
	times?: number | null;
	/** How many matching requests pass unaffected first. Default 0. */
	skip?: number;
	/** `after`: the request takes effect before its answer is replaced. Default `before`: no effect. */
	effect?: 'before' | 'after';
	kind: FaultKind;
	/** Defaults: status 500, html 502, body 200; malformed and empty keep the answer's own (200 when the request had no effect). */
	status?: number;
	code?: string;
	message?: string;
	headers?: Record<string, string>;
	/** For kind `body`: sent as JSON, a string as is. */
	body?: unknown;
	/** Waits this long before the answer, for every kind. Default 0; 1000 for kind `delay`. */
	delayMs?: number;
}

export interface RecordedRequest {
	method: string;
	/** API path, without the base and the query. */
	path: string;
	/** As sent, before any coercion. */
	query: Record<string, unknown>;
	/** `authorization` holds the key's name, never the key. */
	headers: Record<string, string>;
	/** Parsed JSON; attachments as `{ filename, mime_type, size, sha256 }`. */
	body: unknown;
	/** Status of the answer; 0 while unanswered, and for connections that were reset or hang. */
	status: number;
	/** Real epoch ms of arrival, whatever the clock is set to. */
	at: number;
	/** Name of the key, null for a missing or unknown one. */
	key: string | null;
}

export interface SentAttachment {
	filename: string;
	mime_type: string;
	size: number;
	sha256: string;
}

/** An email that was sent. */
export interface OutboxMail {
	/** The provider's message id. */
	id: string;
	kind: 'send' | 'reply';
	/** null when the email was sent but not logged. */
	threadId: string | null;
	to: string;
	toName: string | null;
	/** Comma-separated, whichever form the request had. */
	cc: string | null;
	/** The same; present only when the request had one. */
	bcc?: string;
	subject: string;
	html: string;
	from: string;
	mode: 'company' | 'personal';
	attachments: SentAttachment[];
	idempotencyKey: string | null;
	linked: { contact_id: string | null; deal_id: string | null; customer_id: string | null };
	at: string;
}

/** A request that the contract does not allow. */
export interface Violation {
	method: string;
	path: string;
	/** One line per problem, such as `query: foo is unknown`. */
	problems: string[];
	/** Dialects that allow it. The sandbox's own is not among them. */
	allowedIn: Dialect[];
	at: number;
}
