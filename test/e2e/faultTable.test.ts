import { itemsOf, nodeError } from '../../lab/n8n';
import type { Cell } from '../faults/faultTable';
import { cellsOf, N8N_TRIES, nameOf, parametersOf, pathOf, TROUBLES } from '../faults/faultTable';
import type { CellOutcome } from '../faults/expectCell';
import { expectCell } from '../faults/expectCell';
import { sideBySide } from '../faults/concurrently';
import { Bench, trustPager } from './support/n8nFixture';

/** Cells wait much and work little: so many run side by side. */
const SIDE_BY_SIDE = 40;
/** Of cells that hang. So long that n8n's own pauses, with all the others beside them, are shorter. */
const SHORT_TIMEOUT_MS = 6_000;
/** More than the five minutes that the node gives a 429 in all, so that it ends at once. */
const TOO_LONG_S = '3600';

/**
 * The fault table (test/fire/cells.ts) in a booted n8n, with n8n's own Retry On Fail on and the node's real waits,
 * against a server that ignores Idempotency-Key. Each cell has a key, a recipient and a thread of its own.
 */
describe('the fault table in n8n', () => {
	const bench = new Bench();
	const cells = TROUBLES.flatMap(cellsOf).filter(({ retryOnFail }) => retryOnFail);
	const results = new Map<Cell, CellOutcome>();

	beforeAll(async () => {
		// The node remembers log rows that it has found; those of suites before this one must not come again.
		await bench.sandbox.reset({ seed: 'empty', rateLimit: null, firstId: 1_000_000 });
		await bench.sandbox.set({ idempotency: 'ignored', credits: 100_000 });
		// Those that hang take longest and begin.
		const hangs = ({ fault }: Cell) => (fault.kind === 'hang' ? 0 : 1);
		const first = [...cells.entries()].sort(([, a], [, b]) => hangs(a) - hangs(b));
		await sideBySide(SIDE_BY_SIDE, first, async ([index, cell]) => {
			results.set(cell, await runCell(cell, `cell${index}`));
		});
	}, 1_200_000);

	async function runCell(cell: Cell, name: string): Promise<CellOutcome> {
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
			shown: {
				items: itemsOf(execution, 'TrustPager'),
				failed: itemsOf(execution, 'TrustPager', 1),
				error: nodeError(execution, 'TrustPager'),
			},
			status: execution.status,
			stored: JSON.stringify(execution),
			apiKey: secret,
			mails: (await bench.sandbox.outbox()).filter((mail) => mail.to === to).length,
			requests: requests.filter((request) => request.path === path).length,
			looks: requests.filter((request) => request.path === '/email/logs').length,
		};
	}

	describe.each(TROUBLES)('$name', (trouble) => {
		const own = cells.filter(({ name }) => name === trouble.name);

		test.each(own.map((cell) => [nameOf(cell), cell] as const))('%s', (_name, cell) =>
			expectCell(cell, results.get(cell)),
		);
	});
});
