export interface RateLimit {
	limit: number;
	windowMs: number;
}

/** Who may call what, how often and at what price. */
export interface AccessSettings {
	/** Whether reading approvals needs `approvals:read` and deciding them `approvals:write` (AUTO), or no scope (P, D04). */
	approvalScopes: 'required' | 'none';
	/** Scope that deletes a config: `email-config:write` (SEED), `email-config:delete` (AUTO), or either. */
	configDeleteScope: 'write' | 'delete' | 'either';
	/** Whether GET /ai-instructions exists (D04). */
	aiInstructions: boolean;
	/** Whether GET /_meta/tools and /schemas/triggers exist. */
	selfDescription: boolean;
	/** On the Free plan every call with a key answers 403 PLAN_REQUIRED. */
	plan: 'paid' | 'free';
	/** Whether Idempotency-Key has any effect. */
	idempotency: 'honoured' | 'ignored';
	creditsStatus: 402 | 403;
	credits: number;
	/** Credits that a read costs: 1 (D04), 0 (LLMS). */
	readCost: number;
	rateLimit: RateLimit | null;
	/** Requests per key and day (UTC, by the sandbox's clock); refused like those beyond `rateLimit`, which is not documented. */
	dailyLimit: number | null;
	/** What Retry-After of a 429 holds; undocumented. */
	retryAfter: 'seconds' | 'date' | 'none';
}

/** The 2026-05 dialect's; 60 requests per minute: D04. */
export const ACCESS: AccessSettings = {
	approvalScopes: 'required',
	configDeleteScope: 'either',
	aiInstructions: true,
	selfDescription: false,
	plan: 'paid',
	idempotency: 'honoured',
	creditsStatus: 403,
	credits: 5000,
	readCost: 0,
	rateLimit: { limit: 60, windowMs: 60_000 },
	dailyLimit: 10_000,
	retryAfter: 'seconds',
};
