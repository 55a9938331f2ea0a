import type { ApiAnswer } from './apiTypes';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Caches answers by Idempotency-Key for 24 hours of the sandbox's clock (LLMS): 2xx and EMAIL_LOG_FAILED, the answers
 * to requests that took effect. Whether the API caches other errors is undocumented.
 */
export class IdempotencyCache {
	private answers = new Map<string, { answer: ApiAnswer; at: number }>();

	get(key: string, nowMs: number): ApiAnswer | undefined {
		const entry = this.answers.get(key);
		if (entry === undefined) return undefined;
		if (nowMs - entry.at < DAY_MS) return entry.answer;
		this.answers.delete(key);
		return undefined;
	}

	keep(key: string, answer: ApiAnswer, nowMs: number): void {
		const tookEffect = answer.status < 300 || isLogFailure(answer.body);
		if (tookEffect) this.answers.set(key, { answer, at: nowMs });
	}
}

function isLogFailure(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'error' in body
		? body.error === 'EMAIL_LOG_FAILED'
		: false;
}
