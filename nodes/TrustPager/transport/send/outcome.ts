import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../../shared/values';
import { isSuccess } from '../call';
import { readFailure } from '../failure';
import type { ApiAnswer } from '../types';
import { dataOf } from '../work';

/** Where people decide. API: llms.txt, 2026. */
export const APPROVALS_URL = 'https://app.trustpager.com/settings/api?tab=approvals';

/**
 * The output row of a send that has an outcome, or undefined when the answer is a refusal or leaves it open.
 * API: the success body is documented nowhere, so whatever object comes is passed on; 202 means that the key may only
 * ask and a person decides; 422 EMAIL_LOG_FAILED means that the mail left but the CRM has no record (help centre).
 */
export function outcomeOf(answer: ApiAnswer): IDataObject | undefined {
	if (answer.status === 202) {
		const approvalId = approvalIdOf(answer.body);
		return {
			...withoutError(dataOf(answer)),
			outcome: 'queuedForApproval',
			approval_id: approvalId ?? null,
			approval_url: APPROVALS_URL,
		};
	}
	if (isSuccess(answer)) return { ...withoutError(dataOf(answer)), outcome: 'sent' };
	const failure = readFailure(answer);
	if (failure.code !== 'EMAIL_LOG_FAILED') return undefined;
	return {
		outcome: 'sentNotLogged',
		message_id: failure.messageId ?? null,
		note: 'The email went out, but TrustPager has no record of it. Do not send it again.',
	};
}

/** A 5xx or an unreadable success: the mail may have left. `EMAIL_DELIVERY_FAILED` says that it has not. */
export function leavesItOpen(answer: ApiAnswer): boolean {
	if (readFailure(answer).code === 'EMAIL_DELIVERY_FAILED') return false;
	return answer.status >= 500 || (answer.status >= 200 && answer.status < 300);
}

/** API: the 202 body is not documented; their own client looks in these three places, in this order. */
function approvalIdOf(body: unknown): string | undefined {
	const root = isObject(body) ? body : {};
	const data = isObject(root.data) ? root.data : {};
	return textOf(root.approval_id) ?? textOf(root.id) ?? textOf(data.approval_id) ?? textOf(data.id);
}

function withoutError(row: IDataObject): IDataObject {
	const { error, ...rest } = row;
	return error === undefined ? rest : { ...rest, api_error: error };
}
