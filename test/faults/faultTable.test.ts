/**
 * The fault table on the engine. It guards four rules: a mail leaves at most once, even when the server ignores
 * Idempotency-Key; an outcome that is unknown is looked up before it is told; what may be repeated is, a bounded number
 * of times; what failed is told as failed. A server that hangs has a file of its own: hang.test.ts.
 */
import { cellsOf, N8N_TRIES, nameOf, parametersOf, TROUBLES } from './faultTable';
import { expectCell } from './expectCell';
import { runCell } from './runCell';
import { useRange } from './faultFixture';
import { MODES, told } from './outcomeOf';

const range = useRange();
const QUICK = TROUBLES.filter(({ name }) => name !== 'hang');

describe.each(QUICK)('$name', (trouble) => {
	const cells = cellsOf(trouble).map((cell) => [nameOf(cell), cell] as const);

	test.each(cells)('%s', async (_name, cell) => expectCell(cell, await runCell(cell, range)));
});

/** The server's own answers that are neither yes nor no. Guards: never taken for a failure, never sent again. */
describe.each([
	{ to: 'log-failed@example.com', expected: 'sentNotLogged', mails: 1, requests: () => 1 },
	{
		to: 'undeliverable@example.com',
		expected: 'failed',
		mails: 0,
		requests: (retry: boolean) => (retry ? N8N_TRIES : 1),
	},
])('a mail to $to', ({ to, expected, mails, requests }) => {
	const cells = MODES.flatMap((mode) => [false, true].map((retry) => ({ mode, retry })));

	test.each(cells)('retry $retry, $mode', async ({ mode, retry }) => {
		for (const operation of ['send', 'reply'] as const) {
			await range.refresh();
			await range.control.set({ idempotency: 'ignored' });
			const outcome = await range.run(
				{ ...parametersOf(operation, { threadId: range.threadId, to }) },
				{ settings: { onError: mode, retryOnFail: retry, waitBetweenTries: 1 } },
			);
			expect(told(outcome, mode)).toBe(expected);
			expect(await range.mails()).toBe(mails);
			expect(await range.sent()).toHaveLength(requests(retry));
		}
	});
});
