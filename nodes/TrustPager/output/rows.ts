import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../values';
import { asItem, dataOf, withOutcome } from '../transport/answer';
import type { ApiAnswer } from '../transport/types';

/** Where people decide. API: llms.txt, 2026. */
export const APPROVALS_URL = 'https://app.trustpager.com/settings/api?tab=approvals';

/**
 * The output row of a write that waits for a person (202), for keys that may only ask. `approval_id` is null when the
 * server gave none. API: the 202 body is not documented; their own client looks for the id in these places, in this order.
 */
export function queuedRow(answer: Pick<ApiAnswer, 'body'>): IDataObject {
	const root = isObject(answer.body) ? answer.body : {};
	const data = isObject(root.data) ? root.data : {};
	const id =
		textOf(root.approval_id) ?? textOf(root.id) ?? textOf(data.approval_id) ?? textOf(data.id);
	return withOutcome('queuedForApproval', {
		...asItem(dataOf(answer)),
		approval_id: id ?? null,
		approval_url: APPROVALS_URL,
	});
}

/** Whether an answer says that the request waits for a person and was not carried out. */
export function isQueued(answer: Pick<ApiAnswer, 'status'>): boolean {
	return answer.status === 202;
}
