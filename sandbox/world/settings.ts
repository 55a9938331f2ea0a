export interface RateLimit {
	limit: number;
	windowMs: number;
}

/** What the documents leave open or contradict. Defaults in settings.ts. */
export interface SandboxSettings {
	/** Order of threads, logs and approvals; the API documents none. `shuffled` is stable from call to call. */
	listOrder: 'newest' | 'oldest' | 'shuffled';
	/** Order of a thread's messages; documented as chronological. */
	messageOrder: 'oldest' | 'newest';
	/** Which query name moves a list on; the other one is accepted and without effect. */
	cursorStyle: 'after' | 'cursor' | 'both' | 'ignored';
	/** `keyset` does not shift when rows arrive; `offset` does. */
	paging: 'keyset' | 'offset';
	/** Largest page served, whatever `limit` asks for. null = as asked. */
	pageSize: number | null;
	/** false: GET /email/configs answers everything, without `pagination`. */
	configPaging: boolean;
	/** Where the 202 answer carries its id. */
	approvalBody: 'approval_id' | 'id' | 'data.approval_id';
	/** Whether GET /approvals/:id is wrapped in `data`. */
	approvalRowBody: 'data' | 'root';
	/** What an approval is called once approved: AUTO also lists `executed` and `failed`. */
	approvedStatus: 'approved' | 'executed';
	/** What a successful send or reply answers; documented nowhere. `bare` returns no id at all. */
	sendBody: 'data' | 'root' | 'bare';
	/** Whether GET /email/threads/:id embeds `messages`. */
	threadEmbedsMessages: boolean;
	/** Whether a late-dated mail sets `last_message_at` back (`latest`) or not (`max`). */
	lastMessageAt: 'max' | 'latest';
	/** Whether Idempotency-Key has any effect. */
	idempotency: 'honoured' | 'ignored';
	creditsStatus: 402 | 403;
	credits: number;
	/** Status of EMAIL_DELIVERY_FAILED; documented nowhere. */
	deliveryFailedStatus: number;
	rateLimit: RateLimit | null;
	/** Base64 characters or decoded bytes are not settled by the docs; this limit is on decoded bytes. */
	maxAttachmentBytes: number;
}

/** Documented defaults where there are any (60 requests a minute: D04), else the newest evidence. */
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
		maxAttachmentBytes: 25 * 1024 * 1024,
	};
}
