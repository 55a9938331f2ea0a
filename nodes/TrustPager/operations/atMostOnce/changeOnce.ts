import type { IDataObject } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { asItem, queuedRow } from '../../output/rows';
import { dataOf, isQueued } from '../../transport/answer';
import { isAmbiguousError } from '../../transport/errors';
import type { ApiRequest } from '../../transport/types';
import { idempotencyKey, ledgerKeyOf } from './idempotencyKey';
import { entryOf, recordAmbiguous, recordDone, withLock } from './ledger';

/**
 * A write that creates or decides something, at most once for an item of a run: when n8n repeats the node, what was done
 * is answered from the ledger, and what may have been done is not tried again.
 * @throws NodeApiError that says so when the outcome is ambiguous
 */
export async function changeOnce(session: Session, request: ApiRequest): Promise<IDataObject> {
	const { item, run, client } = session;
	const key = idempotencyKey(item, run, '', { path: request.path, ...request.body });
	const ledgerKey = ledgerKeyOf(session, key);
	return await withLock(ledgerKey, async () => {
		const entry = entryOf(ledgerKey);
		if (entry?.state === 'ambiguous') {
			throw client.ambiguousError(
				'An earlier try of this item ended without an answer, so it is not tried again.',
			);
		}
		const row = entry?.row ?? (await write(session, request, ledgerKey));
		run.completed(item.index);
		return row;
	});
}

async function write(
	{ client }: Session,
	request: ApiRequest,
	ledgerKey: string,
): Promise<IDataObject> {
	const since = Date.now();
	const answer = await client.call(request).catch(async (error: unknown) => {
		if (isAmbiguousError(error)) recordAmbiguous(ledgerKey, since, false);
		return await Promise.reject(error);
	});
	const row = isQueued(answer) ? queuedRow(answer) : asItem(dataOf(answer));
	recordDone(ledgerKey, row);
	return row;
}
