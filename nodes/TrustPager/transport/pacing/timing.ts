/**
 * Every length of time that belongs to the API rather than to one request. The one seam that tests may turn: a test
 * shortens a value and sets it back; nothing else writes here.
 */
export const timing = {
	/** The server's rate-limit window. API: 60 requests per minute (docs 2026-04); sliding or fixed is not documented. */
	rateWindowMs: 60_000,
	/** The first backoff; doubles with each further failure. */
	backoffBaseMs: 1_000,
	maxBackoffMs: 30_000,
	/** All tries of one request together, from when it was first sent; waiting for the rate limit does not count. */
	maxRetryMs: 5 * 60_000,
	/** Before each search of the send log: its row may be written after the connection broke. */
	logSearchDelaysMs: [0, 2_000, 6_000],
};
