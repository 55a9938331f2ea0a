import type { IDataObject } from 'n8n-workflow';

import { dataOf } from '../transport/answer';
import type { ApiAnswer } from '../transport/types';
import { isObject, textOf } from '../values';

/** n8n takes an item with an `error` key for a failed one, so the API's own becomes `api_error`. */
export function asItem(row: IDataObject): IDataObject {
	if (!('error' in row)) return row;
	const { error, ...rest } = row;
	return error === undefined ? rest : { ...rest, api_error: error };
}

/** A row with its outcome first, where people look; the API's own `outcome`, should it have one, gives way. */
export function withOutcome(outcome: string, row: IDataObject): IDataObject {
	return Object.assign({ outcome }, row, { outcome });
}

/** An approval's own row with its ID under `approval_id`, too, as it is called in the answers to what has to be approved. */
export function withApprovalId(row: IDataObject): IDataObject {
	const { id, approval_id: own } = row;
	return id === undefined || own !== undefined ? row : { ...row, approval_id: id };
}

/** Where people decide. API: llms.txt, 2026. */
export const APPROVALS_URL = 'https://app.trustpager.com/settings/api?tab=approvals';

/**
 * The row of a write that waits for approval (202), for keys that may only ask. `approval_id` is null when the server gave
 * none. API: the 202 body is not documented; their own client looks for the ID at the root and in `data`, in this order.
 */
export function queuedRow(answer: Pick<ApiAnswer, 'body'>): IDataObject {
	const root = isObject(answer.body) ? answer.body : {};
	const data = isObject(root.data) ? root.data : {};
	const wrapped = [root.approval, data.approval].find(isObject) ?? {};
	const ids = [root.approval_id, root.id, data.approval_id, wrapped.approval_id, wrapped.id];
	const id = [...ids, data.id].map(textOf).find((text) => text !== undefined);
	return withOutcome('queuedForApproval', {
		...asItem(dataOf(answer)),
		approval_id: id ?? null,
		approval_url: APPROVALS_URL,
	});
}
