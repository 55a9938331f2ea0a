import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/timing';
import type { Cell } from './faultTable';
import { N8N_TRIES, parametersOf, pathOf } from './faultTable';
import type { CellOutcome } from './expectCell';
import type { Range } from './faultFixture';

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
	if (cell.kind === 'limited' && lasts === 'always') timing.maxRetryMs = 30;

	const outcome = await range.run(
		{ ...parametersOf(operation, range), requestOptions },
		{ settings: { onError: mode, retryOnFail, maxTries: N8N_TRIES, waitBetweenTries: 1 } },
	);

	const requests = await range.control.requests();
	return {
		shown: outcome,
		status: outcome.status,
		stored: outcome.stored,
		mails: await range.mails(),
		requests: requests.filter((request) => request.path === path).length,
		looks: requests.filter((request) => request.path === '/email/logs').length,
		apiKey: range.sandbox.keys.full,
	};
}
