/**
 * The part of the fault table in which the server never answers. Its cells mostly wait for their timeout, so they run
 * concurrently, each on its own sandbox. The timeout is long enough that a busy machine does not cause more of them.
 */
import type { Cell } from './faultTable';
import { cellsOf, nameOf, FAULT_CASES } from './faultTable';
import type { CellResult } from './expectCell';
import { expectCell } from './expectCell';
import { runCell } from './runCell';
import { runConcurrently } from './concurrently';
import { rememberTiming, openFaultFixture, shortenTiming } from './faultFixture';

const TIMEOUT_MS = 3_000;
const CONCURRENCY = 14;
/** IDs reserved for each sandbox, because the node remembers those it has seen. */
const IDS_PER_SANDBOX = 1_000;

const cells = FAULT_CASES.filter(({ name }) => name === 'hang').flatMap(cellsOf);
const results = new Map<Cell, CellResult>();
const restoreTiming = rememberTiming();

beforeAll(async () => {
	shortenTiming();
	await runConcurrently(CONCURRENCY, cells, async (cell) => {
		const fixture = await openFaultFixture({
			firstId: (cells.indexOf(cell) + 1) * IDS_PER_SANDBOX,
		});
		try {
			results.set(cell, await runCell(cell, fixture, { timeout: TIMEOUT_MS }));
		} finally {
			await fixture.sandbox.close();
		}
	});
}, 240_000);
afterAll(restoreTiming);

test.each(cells.map((cell) => [nameOf(cell), cell] as const))('hang, %s', (_name, cell) =>
	expectCell(cell, results.get(cell)),
);
