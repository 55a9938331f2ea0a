import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values';
import { isSuccess } from '../../transport/client';
import { asItem, dataOf, withOutcome } from '../../transport/answer';
import { isOpen } from '../../transport/errors';
import { readFailure } from '../../transport/apiFailure';
import { isQueued, queuedRow } from '../../output/rows';
import type { ApiAnswer } from '../../transport/types';

/**
 * The output row of a send that has an outcome, or undefined when the answer is a refusal or leaves it open.
 * API: the success body is documented nowhere, so whatever object comes is passed on; 202 means that the key may only
 * ask and a person decides; 422 EMAIL_LOG_FAILED means that the mail left but the CRM has no record (help centre).
 */
export function outcomeOf(
	answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>,
): IDataObject | undefined {
	const failure = readFailure(answer);
	if (failure.code === 'EMAIL_LOG_FAILED') {
		return {
			outcome: 'sentNotLogged',
			message_id: failure.messageId ?? null,
			note: 'The email went out, but TrustPager has no record of it. Do not send it again.',
		};
	}
	if (!isSuccess(answer) || contradictsItself(answer.body)) return undefined;
	if (isQueued(answer)) return queuedRow(answer);
	return withOutcome('sent', asItem(dataOf(answer)));
}

/** A 5xx or an unreadable success: the mail may have left. `EMAIL_DELIVERY_FAILED` says that it has not. */
export function leavesItOpen(answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>): boolean {
	return readFailure(answer).code !== 'EMAIL_DELIVERY_FAILED' && isOpen(answer.status);
}

/** A success by its status whose body speaks of a failure and of no mail. */
function contradictsItself(body: unknown): boolean {
	if (!isObject(body) || isObject(body.data)) return false;
	return Boolean(body.error) || body.success === false;
}
