/**
 * The fault table on the engine. It guards four rules: an email is sent at most once, even when the server ignores
 * Idempotency-Key; an ambiguous outcome is searched in the send log before it is reported as unknown; requests that may
 * be repeated are, a limited number of times; failures are reported as failures. For a server that hangs: hang.test.ts.
 */
import { cellsOf, N8N_TRIES, nameOf, parametersOf, FAULT_CASES } from './faultTable';
import { expectCell } from './expectCell';
import { runCell } from './runCell';
import { useFaultFixture } from './faultFixture';
import { ERROR_MODES, outcomeOf } from './outcomeOf';

const fixture = useFaultFixture();
const FAST_CASES = FAULT_CASES.filter(({ name }) => name !== 'hang');

describe.each(FAST_CASES)('$name', (faultCase) => {
	const cells = cellsOf(faultCase).map((cell) => [nameOf(cell), cell] as const);

	test.each(cells)('%s', async (_name, cell) => expectCell(cell, await runCell(cell, fixture)));
});

/** Guards: an email that was sent but not logged is neither a failure nor sent again. */
describe.each([
	{ to: 'log-failed@example.com', expected: 'sentNotLogged', mails: 1, requests: () => 1 },
	{
		to: 'undeliverable@example.com',
		expected: 'failed',
		mails: 0,
		requests: (retry: boolean) => (retry ? N8N_TRIES : 1),
	},
])('an email to $to', ({ to, expected, mails, requests }) => {
	const cells = ERROR_MODES.flatMap((mode) => [false, true].map((retry) => ({ mode, retry })));

	test.each(cells)('retry $retry, $mode', async ({ mode, retry }) => {
		for (const operation of ['send', 'reply'] as const) {
			await fixture.refresh();
			await fixture.control.set({ idempotency: 'ignored' });
			const outcome = await fixture.run(
				{ ...parametersOf(operation, { threadId: fixture.threadId, to }) },
				{ settings: { onError: mode, retryOnFail: retry, waitBetweenTries: 1 } },
			);
			expect(outcomeOf(outcome, mode)).toBe(expected);
			expect(await fixture.mailCount()).toBe(mails);
			expect(await fixture.requestLines()).toHaveLength(requests(retry));
		}
	});
});
