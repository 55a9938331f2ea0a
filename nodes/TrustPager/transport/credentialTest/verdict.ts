import { readFailure } from '../apiFailure';
import { adviceFor } from '../errorTexts';
import { failedMidway, isRateLimited } from '../retryPolicy';
import type { ApiAnswer, Exchange } from '../types';

/**
 * What one endpoint says of an API key. `next`: nothing about the key, ask another endpoint; `message` is what to show when
 * there is none left.
 */
export type Verdict =
	| { state: 'accepted' }
	| { state: 'refused'; message: string }
	| { state: 'next'; message: string };

const REFUSED_KEY =
	'TrustPager does not accept this API key. Copy it again from Settings › API Keys.';
/** Refusals of a key that the server has recognized. API: Errors page (2026-04). */
const KNOWN_KEY = ['INSUFFICIENT_SCOPE', 'INSUFFICIENT_CREDITS'];

/**
 * | answer                                                        | verdict  |
 * | ------------------------------------------------------------- | -------- |
 * | 401, UNAUTHORIZED                                             | refused  |
 * | PLAN_REQUIRED, with whatever status                           | refused  |
 * | JSON or text with a 2xx                                       | accepted |
 * | 402, 429, a missing scope, missing credits, in the API's JSON | accepted |
 * | 403 without a code, in the API's JSON                         | next     |
 * | 404, 405, 410 and other refusals of the request               | next     |
 * | 5xx, a redirect, a page, no answer                            | refused  |
 */
export function verdictOf({ answer, failure }: Exchange): Verdict {
	if (failure) {
		const reason = failure.code || failure.message;
		return refused(
			failure.notSent
				? `TrustPager could not be reached (${reason}). Check 'Base URL' and the network of this n8n.`
				: `TrustPager did not answer (${reason}). Try again in a moment, and check 'Base URL'.`,
		);
	}
	const { code } = readFailure(answer);
	if (code === 'PLAN_REQUIRED') return refused(textOf(answer));
	if (answer.status === 401 || code === 'UNAUTHORIZED') return refused(REFUSED_KEY);
	const isJson = typeof answer.body === 'object' && answer.body !== null;
	const isSuccess = answer.status >= 200 && answer.status < 300;
	if (isSuccess) return isJson || isPlainText(answer.body) ? ACCEPTED : refused(noApi(answer));
	const isRecognized =
		answer.status === 402 || isRateLimited({ answer }) || KNOWN_KEY.includes(code);
	if (isJson && isRecognized) return ACCEPTED;
	if ([404, 405, 410].includes(answer.status)) return next(answer);
	const isApi = isJson && answer.status >= 400 && !failedMidway(answer);
	return isApi ? next(answer) : refused(textOf(answer));
}

const ACCEPTED: Verdict = { state: 'accepted' };
const refused = (message: string): Verdict => ({ state: 'refused', message });
const next = (answer: ApiAnswer): Verdict => ({ state: 'next', message: textOf(answer) });

/** Whether the last endpoint, which needs a scope, refuses for lack of it: then the key is good. */
export function lacksScope({ answer }: Exchange): boolean {
	const isJson = typeof answer?.body === 'object' && answer.body !== null;
	return isJson && answer?.status === 403 && ['', 'FORBIDDEN'].includes(readFailure(answer).code);
}

/** The server's own words first, as in the node's errors. */
function textOf(answer: ApiAnswer): string {
	const failure = readFailure(answer);
	const advice = adviceFor(failure.code, answer.status);
	const parts = [failure.message ?? advice.title, failure.fix ?? advice.next];
	const sentences = parts.map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`));
	const source = [failure.code, `HTTP ${answer.status}`].filter(Boolean).join(', ');
	return `${sentences.join(' ')} (${source})`;
}

function noApi({ status }: ApiAnswer): string {
	const { title, next: advice } = adviceFor('', 200);
	return `${title}. ${advice} (HTTP ${status})`;
}

/** API: what /ai-instructions holds may be text. */
function isPlainText(body: unknown): boolean {
	return (
		typeof body === 'string' && body.trim() !== '' && !/<(!doctype|html|head|body)\b/i.test(body)
	);
}
