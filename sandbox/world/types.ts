export interface InboundMail {
	threadId?: string;
	subject?: string;
	fromEmail?: string;
	fromName?: string;
	text?: string;
	html?: string;
	/** Taken as it is, malformed text included. Default: the sandbox's clock. */
	createdAt?: string;
	contactId?: string;
	dealId?: string;
	customerId?: string;
	isAutomated?: boolean;
	attachments?: Array<{ name: string; mimeType: string; size: number }>;
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
	/** API path such as `/email/send`; a `*` at the end matches any rest. Default: every path. */
	path?: string;
	/** Only requests with the key of this name. Default: whatever key. */
	key?: string;
	/** How many requests it hits. Default 1, null = always. */
	times?: number | null;
	/** How many matching requests pass first. Default 0. */
	skip?: number;
	/** `after`: the request takes effect, then the answer is spoiled. Default `before`: no effect. */
	effect?: 'before' | 'after';
	kind: FaultKind;
	/** Defaults: status 500, html 502, body 200; malformed and empty keep the answer's own (200 without effect). */
	status?: number;
	code?: string;
	message?: string;
	headers?: Record<string, string>;
	/** For kind `body`: sent as JSON, a string as it is. */
	body?: unknown;
	/** For kind `delay`, and before any other kind's answer. */
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
	/** What was answered; 0 while unanswered, and for connections that were reset or left hanging. */
	status: number;
	/** Real epoch ms of arrival, whatever the clock is set to. */
	at: number;
	/** Name of the key, null when there was none or an unknown one. */
	key: string | null;
}

export interface SentAttachment {
	filename: string;
	mime_type: string;
	size: number;
	sha256: string;
}

/** A mail that really left. */
export interface OutboxMail {
	/** The provider's message id. */
	id: string;
	kind: 'send' | 'reply';
	/** null when the mail left without being logged. */
	threadId: string | null;
	to: string;
	toName: string | null;
	cc: string | null;
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
	/** One line for each thing wrong, such as `query/foo: unknown`. */
	problems: string[];
	at: number;
}
