import type { IDataObject } from 'n8n-workflow';

import { asItem, queuedRow, withOutcome } from '../../output/rows';
import { dataOf, isQueued, isSuccess } from '../../transport/answer';
import { readFailure } from '../../transport/apiFailure';
import { isAmbiguous } from '../../transport/retryPolicy';
import type { ApiAnswer } from '../../transport/types';
import { isObject } from '../../values';

/**
 * The output row of a send that has an outcome, or undefined when the answer is a refusal or ambiguous.
 * API: the success body is not documented, so whatever object comes is passed on; 202 means that the key may only ask
 * and a person decides; 422 EMAIL_LOG_FAILED means that the email was sent but the CRM has no record (help center).
 */
export function outcomeOf(
	answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>,
): IDataObject | undefined {
	const failure = readFailure(answer);
	if (failure.code === 'EMAIL_LOG_FAILED') {
		return {
			outcome: 'sentNotLogged',
			message_id: failure.messageId ?? null,
			note: 'The email was sent, but TrustPager has no record of it. Do not send it again.',
		};
	}
	if (!isSuccess(answer) || contradictsItself(answer.body)) return undefined;
	if (isQueued(answer)) return queuedRow(answer);
	return withOutcome('sent', asItem(dataOf(answer)));
}

/**
 * Whether an answer without an outcome leaves open that the email was sent: it is ambiguous, or a success that
 * contradicts itself. `EMAIL_DELIVERY_FAILED` says that it was not sent, whatever the status.
 */
export function isAmbiguousAnswer(answer: ApiAnswer): boolean {
	if (readFailure(answer).code === 'EMAIL_DELIVERY_FAILED') return false;
	return isAmbiguous({ answer }) || isSuccess(answer);
}

/** A success by its status whose body speaks of a failure and of no email. */
function contradictsItself(body: unknown): boolean {
	if (!isObject(body) || isObject(body.data)) return false;
	return Boolean(body.error) || body.success === false;
}
