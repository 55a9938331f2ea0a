export interface RateLimit {
	limit: number;
	windowMs: number;
}

/** Behaviour that the documentation leaves open or contradicts; `defaultSettings` has the defaults. */
export interface SandboxSettings {
	/** Order of threads, logs and approvals; undocumented. `shuffled` is stable across calls. */
	listOrder: 'newest' | 'oldest' | 'shuffled';
	/** Order of a thread's messages; documented as chronological. */
	messageOrder: 'oldest' | 'newest';
	/** The query parameter that takes the cursor; the other one is accepted without effect. */
	cursorStyle: 'after' | 'cursor' | 'both' | 'ignored';
	/** `offset` pages shift when rows arrive, `keyset` pages do not. */
	paging: 'keyset' | 'offset';
	/** Largest page served, whatever `limit` says; null = no cap. */
	pageSize: number | null;
	/** false: GET /email/configs returns all rows, without `pagination`. */
	configPaging: boolean;
	/** Where the 202 answer has the approval's id. */
	approvalBody: 'approval_id' | 'id' | 'data.approval_id';
	/** Whether GET /approvals/:id is wrapped in `data`. */
	approvalRowBody: 'data' | 'root';
	/** Status of an approval once approved: AUTO also lists `executed` and `failed`. */
	approvedStatus: 'approved' | 'executed';
	/** Answer to a successful send or reply; undocumented. `bare` contains no id. */
	sendBody: 'data' | 'root' | 'bare';
	/** Whether GET /email/threads/:id embeds `messages`. */
	threadEmbedsMessages: boolean;
	/** Whether an email dated in the past sets `last_message_at` back (`latest`) or not (`max`). */
	lastMessageAt: 'max' | 'latest';
	/** Whether Idempotency-Key has any effect. */
	idempotency: 'honoured' | 'ignored';
	creditsStatus: 402 | 403;
	credits: number;
	/** Status of EMAIL_DELIVERY_FAILED; undocumented. */
	deliveryFailedStatus: number;
	rateLimit: RateLimit | null;
	/** Whether an inbound email cancels what is scheduled for its sender (client guide). */
	cancelOnReply: boolean;
	/** How many of the next tries to send a scheduled email fail; counts down. */
	dispatchFailures: number;
	/** In decoded bytes; the documentation does not say whether its limit counts those or base64 characters. */
	maxAttachmentBytes: number;
}

/** The documented defaults (60 requests per minute: D04), otherwise what the newest source suggests. */
export function defaultSettings(rateLimit?: RateLimit | null): SandboxSettings {
	return {
		listOrder: 'newest',
		messageOrder: 'oldest',
		cursorStyle: 'after',
		paging: 'keyset',
		pageSize: null,
		configPaging: true,
		approvalBody: 'approval_id',
		approvalRowBody: 'data',
		approvedStatus: 'approved',
		sendBody: 'data',
		threadEmbedsMessages: false,
		lastMessageAt: 'max',
		idempotency: 'honoured',
		creditsStatus: 403,
		credits: 5000,
		deliveryFailedStatus: 422,
		rateLimit: rateLimit === undefined ? { limit: 60, windowMs: 60_000 } : rateLimit,
		cancelOnReply: true,
		dispatchFailures: 0,
		maxAttachmentBytes: 25 * 1024 * 1024,
	};
}
