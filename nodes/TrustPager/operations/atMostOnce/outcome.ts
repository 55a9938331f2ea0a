import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { asItem, queuedRow, withOutcome } from '../../output/rows';
import { dataOf, isQueued, isSuccess } from '../../transport/answer';
import { readFailure } from '../../transport/apiFailure';
import type { TrustPagerClient } from '../../transport/client';
import { isAmbiguous } from '../../transport/retryPolicy';
import type { ApiAnswer } from '../../transport/types';
import { isObject } from '../../values';
import { deliveryStateOf, readDelivery } from './delivery';
import type { MailLog } from './mailLog';

/**
 * The output row of a send that has an outcome, or undefined when the answer is a refusal or ambiguous.
 * API: the success body is not documented, so whatever object comes is passed on, unless it says that nothing was sent;
 * 202, or an approval that is pending, means that the key may only ask and a person decides; 422 EMAIL_LOG_FAILED means
 * that the email was sent but the CRM has no record (help center).
 * @param done what a success means
 */
export function outcomeOf(
	answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>,
	done: MailLog['outcome'] = 'sent',
): IDataObject | undefined {
	const failure = readFailure(answer);
	if (failure.code === 'EMAIL_LOG_FAILED') {
		return {
			outcome: 'sentNotLogged',
			message_id: failure.messageId ?? null,
			note: 'The email was sent, but TrustPager has no record of it. Do not send it again.',
		};
	}
	if (!isSuccess(answer)) return undefined;
	const state = deliveryStateOf(answer.body);
	if (state === 'suppressed') {
		const { reason, code } = readDelivery(answer.body);
		const why = reason ?? code ?? null;
		return withOutcome('suppressed', { ...asItem(dataOf(answer)), reason: why });
	}
	if (state === 'failed' || isOnlyError(answer.body)) return undefined;
	if (isQueued(answer) || state === 'pending') return queuedRow(answer);
	return withOutcome(done, asItem(dataOf(answer)));
}

/** Whether the server says that it has not sent the email: `EMAIL_DELIVERY_FAILED`, or a success whose body says so. */
export function saysNotSent(answer: Pick<ApiAnswer, 'status' | 'headers' | 'body'>): boolean {
	if (readFailure(answer).code === 'EMAIL_DELIVERY_FAILED') return true;
	return isSuccess(answer) && ['suppressed', 'failed'].includes(deliveryStateOf(answer.body));
}

/** Whether an answer without an outcome leaves open that the email was sent. */
export function isAmbiguousAnswer(answer: ApiAnswer): boolean {
	if (saysNotSent(answer)) return false;
	return isAmbiguous({ answer }) || isSuccess(answer);
}

/** The error for a success whose body says that the email was not sent. */
export function notSentError(
	client: TrustPagerClient,
	{ status, body }: ApiAnswer,
	{ outcome, repeat }: MailLog,
): NodeApiError {
	const { reason, code } = readDelivery(body);
	return client.error({
		title: reason ?? `TrustPager did not ${outcome === 'sent' ? 'send' : 'schedule'} the email`,
		description: `Nothing was ${outcome}, so it is safe to ${repeat}. Check the recipient and the connected mail provider. (${code ? `${code}, ` : ''}HTTP ${status})`,
		httpCode: String(status),
	});
}

/** A success by its status whose body has an error and nothing else: it does not say whether the email was sent. */
function isOnlyError(body: unknown): boolean {
	return isObject(body) && !isObject(body.data) && Boolean(body.error);
}
