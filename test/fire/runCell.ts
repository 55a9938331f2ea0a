import type { IDataObject } from 'n8n-workflow';

import { retrying } from '../../nodes/TrustPager/transport/exchange';
import type { Outcome } from '../engine/engine';
import type { Cell } from './cells';
import { expectedOf, N8N_TRIES, parametersOf, pathOf, stops } from './cells';
import type { Range } from './support';
import { told } from './told';

/** What a cell of the fault table came to. */
export interface CellOutcome {
	outcome: Outcome;
	mails: number;
	/** Requests to the operation's own path. */
	requests: number;
	/** Searches of the send log. */
	looks: number;
	apiKey: string;
}

/** Runs a cell on the engine, against a server that ignores Idempotency-Key. */
export async function runCell(
	cell: Cell,
	range: Range,
	requestOptions: IDataObject = {},
): Promise<CellOutcome> {
	const { fault, effect, lasts, operation, retryOnFail, mode } = cell;
	await range.control.set({ idempotency: 'ignored' });
	const path = pathOf(operation, range.threadId);
	await range.control.addFault({ ...fault, effect, path, times: lasts === 'once' ? 1 : null });
	if (cell.kind === 'limited' && lasts === 'always') retrying.longestMs = 30;

	const outcome = await range.run(
		{ ...parametersOf(operation, range), requestOptions },
		{ settings: { onError: mode, retryOnFail, maxTries: N8N_TRIES, waitBetweenTries: 1 } },
	);

	const requests = await range.control.requests();
	return {
		outcome,
		mails: await range.mails(),
		requests: requests.filter((request) => request.path === path).length,
		looks: requests.filter((request) => request.path === '/email/logs').length,
		apiKey: range.sandbox.keys.full,
	};
}

/** Holds a cell against the rules. */
export function expectCell(cell: Cell, { outcome, apiKey, ...found }: CellOutcome): void {
	const expected = expectedOf(cell);
	expect({
		mails: found.mails,
		requests: expected.requests === undefined ? undefined : found.requests,
		looks: found.looks,
		told: told(outcome, cell.mode),
	}).toEqual(expected);
	expect(outcome.status).toBe(stops(cell, expected) ? 'error' : 'success');
	expect(outcome.stored).not.toContain(apiKey);
}
