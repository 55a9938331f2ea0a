import { itemsOf, nodeError } from '../../lab/n8n';
import type { Cell } from '../faults/faultTable';
import {
	cellsOf,
	N8N_TRIES,
	nameOf,
	parametersOf,
	pathOf,
	FAULT_CASES,
} from '../faults/faultTable';
import type { CellResult } from '../faults/expectCell';
import { expectCell } from '../faults/expectCell';
import { runConcurrently } from '../faults/concurrently';
import { N8nFixture, trustPager } from './support/n8nFixture';

/** How many cells run at the same time. They mostly wait. */
const CONCURRENCY = 40;
/** For cells that hang. Longer than n8n's own delays while all the other cells run. */
const SHORT_TIMEOUT_MS = 6_000;
/** More than the five minutes in total that the node waits for the rate limit, so that it gives up at once. */
const TOO_LONG_S = '3600';

/**
 * The fault table (test/faults/faultTable.ts) in a booted n8n, with n8n's own Retry On Fail on and the node's real
 * waits, against a server that ignores Idempotency-Key. Each cell has its own key, recipient and thread.
 */
describe('the fault table in n8n', () => {
	const fixture = new N8nFixture();
	const cells = FAULT_CASES.flatMap(cellsOf).filter(({ retryOnFail }) => retryOnFail);
	const results = new Map<Cell, CellResult>();

	beforeAll(async () => {
		// The node remembers the log rows it has found, so IDs from earlier suites must not be issued again.
		await fixture.sandbox.reset({ seed: 'empty', rateLimit: null, firstId: 1_000_000 });
		await fixture.sandbox.set({ idempotency: 'ignored', credits: 100_000 });
		// Cells that hang take longest, so they start first.
		const hangs = ({ fault }: Cell) => (fault.kind === 'hang' ? 0 : 1);
		const first = [...cells.entries()].sort(([, a], [, b]) => hangs(a) - hangs(b));
		await runConcurrently(CONCURRENCY, first, async ([index, cell]) => {
			results.set(cell, await runCell(cell, `cell${index}`));
		});
	}, 1_200_000);

	async function runCell(cell: Cell, name: string): Promise<CellResult> {
		const { fault, effect, duration, operation, mode } = cell;
		const to = `${name}@example.com`;
		const { thread } = await fixture.sandbox.receive({ fromEmail: to });
		const secret = await fixture.sandbox.addKey({ name, scopes: ['admin'] });
		const path = pathOf(operation, thread.id);
		await fixture.sandbox.addFault({
			...fault,
			...(cell.kind === 'rateLimited' &&
				duration === 'always' && { headers: { 'retry-after': TOO_LONG_S } }),
			...{ effect, path, key: name, times: duration === 'once' ? 1 : null },
		});
		const credential = await fixture.credential({ apiKey: secret, scopes: [] });
		const node = trustPager(
			'TrustPager',
			{
				...parametersOf(operation, { threadId: thread.id, to }),
				requestOptions: fault.kind === 'hang' ? { timeout: SHORT_TIMEOUT_MS } : {},
			},
			credential,
		);
		const execution = await fixture.runChain({
			...node,
			...{ onError: mode, retryOnFail: true, maxTries: N8N_TRIES, waitBetweenTries: 100 },
		});
		// With hundreds of credentials, n8n's editor would need a minute to open a node in the later suites.
		await fixture.n8n.deleteCredential(credential);
		const requests = (await fixture.sandbox.requests()).filter(({ key }) => key === name);
		return {
			output: {
				items: itemsOf(execution, 'TrustPager'),
				failed: itemsOf(execution, 'TrustPager', 1),
				error: nodeError(execution, 'TrustPager'),
			},
			status: execution.status,
			stored: JSON.stringify(execution),
			apiKey: secret,
			mails: (await fixture.sandbox.outbox()).filter((mail) => mail.to === to).length,
			requests: requests.filter((request) => request.path === path).length,
			logSearches: requests.filter((request) => request.path === '/email/logs').length,
		};
	}

	describe.each(FAULT_CASES)('$name', (faultCase) => {
		const own = cells.filter(({ name }) => name === faultCase.name);

		test.each(own.map((cell) => [nameOf(cell), cell] as const))('%s', (_name, cell) =>
			expectCell(cell, results.get(cell)),
		);
	});
});
