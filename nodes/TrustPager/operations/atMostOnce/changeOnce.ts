import type { IDataObject } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { queuedRow } from '../../output/rows';
import { dataOf, isQueued } from '../../transport/answer';
import type { ErrorTexts } from '../../transport/errors';
import { isAmbiguousError } from '../../transport/errors';
import type { ApiRequest } from '../../transport/types';
import { idempotencyKey, ledgerKeyOf } from './idempotencyKey';
import { entryOf, recordAmbiguous, recordDone, recordDoneWithError, withLock } from './ledger';

/** What became of a completed write: its output row, or the error that the server reports of it. */
export type ChangeResult = { row: IDataObject } | { error: ErrorTexts };

/**
 * A write that creates or decides something, at most once for an item of a run: when n8n repeats the node, what was done
 * is answered from the ledger, error included, and what may have been done is not tried again.
 * @param resultOf reads the object of an answer that is neither queued nor an error
 * @throws NodeApiError that says so when the outcome is ambiguous
 */
export async function changeOnce(
	session: Session,
	request: ApiRequest,
	resultOf: (row: IDataObject) => ChangeResult,
): Promise<IDataObject> {
	const { item, run, client } = session;
	const key = idempotencyKey(item, run, '', { path: request.path, ...request.body });
	const ledgerKey = ledgerKeyOf(session, key);
	return await withLock(ledgerKey, async () => {
		const result =
			recall(session, ledgerKey) ?? (await write(session, request, ledgerKey, resultOf));
		// An error of this item says itself that it was done; when another one's is shown, its report has to.
		if ('row' in result || run.hasFailed) run.completed(item.index);
		if ('error' in result) throw client.error(result.error);
		return result.row;
	});
}

function recall({ client }: Session, ledgerKey: string): ChangeResult | undefined {
	const entry = entryOf(ledgerKey);
	if (entry?.state === 'ambiguous') {
		throw client.ambiguousError(
			'An earlier try of this item ended without an answer, so it is not tried again.',
		);
	}
	if (entry?.state === 'doneWithError') return { error: entry.texts };
	return entry && { row: entry.row };
}

async function write(
	{ client }: Session,
	request: ApiRequest,
	ledgerKey: string,
	resultOf: (row: IDataObject) => ChangeResult,
): Promise<ChangeResult> {
	const since = Date.now();
	const answer = await client.call(request).catch(async (error: unknown) => {
		if (isAmbiguousError(error)) recordAmbiguous(ledgerKey, { since, resent: false });
		return await Promise.reject(error);
	});
	const result = isQueued(answer) ? { row: queuedRow(answer) } : resultOf(dataOf(answer));
	if ('error' in result) recordDoneWithError(ledgerKey, result.error);
	else recordDone(ledgerKey, result.row);
	return result;
}
