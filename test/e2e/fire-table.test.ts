import type { Execution } from '../../lab/n8n';
import { itemsOf, nodeError } from '../../lab/n8n';
import type { Cell } from '../fire/cells';
import {
	cellsOf,
	expectedOf,
	N8N_TRIES,
	nameOf,
	parametersOf,
	pathOf,
	stops,
	TROUBLES,
} from '../fire/cells';
import { told } from '../fire/told';
import { Bench, trustPager } from './support/bench';

/** Cells wait much and work little: so many run side by side. */
const SIDE_BY_SIDE = 40;
/** Of cells that hang. So long that n8n's own pauses, with all the others beside them, are shorter. */
const SHORT_TIMEOUT_MS = 6_000;
/** More than the five minutes that the node gives a 429 in all, so that it ends at once. */
const TOO_LONG_S = '3600';

interface Result {
	execution: Execution;
	mails: number;
	requests: number;
	looks: number;
	secret: string;
}

/**
 * The fault table (test/fire/cells.ts) in a booted n8n, with n8n's own Retry On Fail on and the node's real waits,
 * against a server that ignores Idempotency-Key. Each cell has a key, a recipient and a thread of its own.
 */
describe('the fault table in n8n', () => {
	const bench = new Bench();
	const cells = TROUBLES.flatMap(cellsOf).filter(({ retryOnFail }) => retryOnFail);
	const results = new Map<Cell, Result>();

	beforeAll(async () => {
		// The node remembers log rows that it has found; those of suites before this one must not come again.
		await bench.sandbox.reset({ seed: 'empty', rateLimit: null, firstId: 1_000_000 });
		await bench.sandbox.set({ idempotency: 'ignored', credits: 100_000 });
		// Those that hang take longest and begin.
		const hangs = ({ fault }: Cell) => (fault.kind === 'hang' ? 0 : 1);
		const waiting = [...cells.entries()].sort(([, a], [, b]) => hangs(a) - hangs(b));
		const worker = async (): Promise<void> => {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				results.set(next[1], await runCell(next[1], `cell${next[0]}`));
			}
		};
		await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
	}, 1_200_000);

	async function runCell(cell: Cell, name: string): Promise<Result> {
		const { fault, effect, lasts, operation, mode } = cell;
		const to = `${name}@example.com`;
		const { thread } = await bench.sandbox.receive({ fromEmail: to });
		const secret = await bench.sandbox.addKey({ name, scopes: ['admin'] });
		const path = pathOf(operation, thread.id);
		await bench.sandbox.addFault({
			...fault,
			...(cell.kind === 'limited' &&
				lasts === 'always' && { headers: { 'retry-after': TOO_LONG_S } }),
			...{ effect, path, key: name, times: lasts === 'once' ? 1 : null },
		});
		const credential = await bench.credential({ apiKey: secret, scopes: [] });
		const node = trustPager(
			'TrustPager',
			{
				...parametersOf(operation, { threadId: thread.id, to }),
				requestOptions: fault.kind === 'hang' ? { timeout: SHORT_TIMEOUT_MS } : {},
			},
			credential,
		);
		const execution = await bench.runChain({
			...node,
			...{ onError: mode, retryOnFail: true, maxTries: N8N_TRIES, waitBetweenTries: 100 },
		});
		// With hundreds of credentials n8n's editor needs a minute to open a node, in the suites after this one.
		await bench.n8n.deleteCredential(credential);
		const requests = (await bench.sandbox.requests()).filter(({ key }) => key === name);
		return {
			execution,
			secret,
			mails: (await bench.sandbox.outbox()).filter((mail) => mail.to === to).length,
			requests: requests.filter((request) => request.path === path).length,
			looks: requests.filter((request) => request.path === '/email/logs').length,
		};
	}

	describe.each(TROUBLES)('$name', (trouble) => {
		const own = cells.filter(({ name }) => name === trouble.name);

		test.each(own.map((cell) => [nameOf(cell), cell] as const))('%s', (_name, cell) => {
			const result = results.get(cell);
			if (result === undefined) throw new Error('The cell did not run');
			const { execution, mails, requests, looks, secret } = result;
			const expected = expectedOf(cell);
			const shown = {
				items: itemsOf(execution, 'TrustPager'),
				failed: itemsOf(execution, 'TrustPager', 1),
				error: nodeError(execution, 'TrustPager'),
			};
			expect({
				mails,
				requests: expected.requests === undefined ? undefined : requests,
				looks,
				told: told(shown, cell.mode),
			}).toEqual(expected);
			expect(execution.status).toBe(stops(cell, expected) ? 'error' : 'success');
			expect(JSON.stringify(execution)).not.toContain(secret);
		});
	});
});
