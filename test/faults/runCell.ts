import type { IDataObject } from 'n8n-workflow';

import { timing } from '../../nodes/TrustPager/transport/pacing/timing';
import type { CellResult } from './expectCell';
import type { FaultFixture } from './faultFixture';
import type { Cell } from './faultTable';
import { N8N_TRIES, parametersOf, pathOf } from './faultTable';

/** Runs a cell on the engine, against a server that ignores Idempotency-Key. */
export async function runCell(
	cell: Cell,
	fixture: FaultFixture,
	requestOptions: IDataObject = {},
): Promise<CellResult> {
	const { fault, effect, duration, operation, retryOnFail, mode } = cell;
	await fixture.control.set({ idempotency: 'ignored' });
	const path = pathOf(operation, fixture.threadId);
	await fixture.control.addFault({
		...fault,
		...{ effect, path, times: duration === 'once' ? 1 : null },
	});
	const isLasting = cell.kind === 'rateLimited' && duration === 'always';
	if (isLasting) timing.maxRetryMs = 30;
	// A limit that lasts is remembered for the key.
	const credential = isLasting ? await fixture.newCredential() : fixture.credential();

	const output = await fixture.run(
		{ ...parametersOf(operation, fixture), requestOptions },
		{
			credential,
			settings: { onError: mode, retryOnFail, maxTries: N8N_TRIES, waitBetweenTries: 1 },
		},
	);

	const requests = await fixture.control.requests();
	return {
		output,
		status: output.status,
		stored: output.stored,
		mails: await fixture.mailCount(),
		requests: requests.filter((request) => request.path === path).length,
		logSearches: requests.filter((request) => request.path === '/email/logs').length,
		apiKey: String(credential.apiKey),
	};
}
