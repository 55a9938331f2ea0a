import type { IDataObject } from 'n8n-workflow';

import { placeOf } from '../../transport/client';
import { asItem, dataOf } from '../../transport/answer';
import { inTurn, recall, rememberDone, rememberUnknown } from './ledger';
import { leavesUnknown, unknownDeedError } from '../../transport/errors';
import type { Session } from '../../execution/preparedItem';
import { isQueued, queuedRow } from '../../output/rows';
import { idempotencyKey, memoryName } from './idempotencyKey';
import type { ApiRequest } from '../../transport/types';

/**
 * A write that creates or decides something, at most once for an item of a run: when n8n repeats the node, what was done
 * is answered from memory, and what may have been done is not tried again.
 * @throws NodeApiError that says so when the outcome is unknown
 */
export async function changeOnce(session: Session, request: ApiRequest): Promise<IDataObject> {
	const { item, run, connection } = session;
	const key = idempotencyKey(item, run, '', { path: request.path, ...request.body });
	const memory = memoryName(session, key);
	return await inTurn(memory, async () => {
		const earlier = recall(memory);
		if (earlier?.state === 'unknown') {
			throw unknownDeedError(
				placeOf(item.context, connection),
				'An earlier try of this item ended without an answer, so it is not tried again.',
			);
		}
		const row = earlier?.row ?? (await doIt(session, request, memory));
		run.done(item.index);
		return row;
	});
}

async function doIt(session: Session, request: ApiRequest, memory: string): Promise<IDataObject> {
	const since = Date.now();
	const answer = await session.call(request).catch(async (error: unknown) => {
		if (leavesUnknown(error)) rememberUnknown(memory, since, false);
		return await Promise.reject(error);
	});
	const row = isQueued(answer) ? queuedRow(answer) : asItem(dataOf(answer));
	rememberDone(memory, row);
	return row;
}
