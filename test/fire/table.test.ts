/**
 * The fault table on the engine. It guards four rules: a mail leaves at most once, even when the server ignores
 * Idempotency-Key; an outcome that is unknown is looked up before it is told; what may be repeated is, a bounded number
 * of times; what failed is told as failed.
 */
import { retrying } from '../../nodes/TrustPager/transport/exchange';
import {
	cellsOf,
	expectedOf,
	N8N_TRIES,
	nameOf,
	parametersOf,
	pathOf,
	stops,
	TROUBLES,
} from './cells';
import { useRange } from './support';
import { MODES, told } from './told';

const range = useRange();
const SHORT_TIMEOUT_MS = 700;

describe.each(TROUBLES)('$name', (trouble) => {
	const cells = cellsOf(trouble).map((cell) => [nameOf(cell), cell] as const);

	test.each(cells)('%s', async (_name, cell) => {
		const { fault, effect, lasts, operation, retryOnFail, mode } = cell;
		await range.control.set({ idempotency: 'ignored' });
		const path = pathOf(operation, range.threadId);
		await range.control.addFault({ ...fault, effect, path, times: lasts === 'once' ? 1 : null });
		if (cell.kind === 'limited' && lasts === 'always') retrying.longestMs = 30;

		const requestOptions = fault.kind === 'hang' ? { timeout: SHORT_TIMEOUT_MS } : {};
		const outcome = await range.run(
			{ ...parametersOf(operation, range), requestOptions },
			{ settings: { onError: mode, retryOnFail, maxTries: N8N_TRIES, waitBetweenTries: 1 } },
		);

		const requests = await range.control.requests();
		const expected = expectedOf(cell);
		const own = requests.filter((request) => request.path === path).length;
		expect({
			mails: await range.mails(),
			requests: expected.requests === undefined ? undefined : own,
			looks: requests.filter((request) => request.path === '/email/logs').length,
			told: told(outcome, mode),
		}).toEqual(expected);
		expect(outcome.status).toBe(stops(cell, expected) ? 'error' : 'success');
		expect(outcome.stored).not.toContain(range.sandbox.keys.full);
	});
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
