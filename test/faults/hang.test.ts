/**
 * The part of the fault table in which the server never answers. Its cells mostly wait for their time-out, so that they
 * run side by side, each on a sandbox of its own; a time-out of seconds keeps a busy machine's pauses out of the counts.
 */
import type { Cell } from './faultTable';
import { cellsOf, nameOf, TROUBLES } from './faultTable';
import type { CellOutcome } from './expectCell';
import { expectCell } from './expectCell';
import { runCell } from './runCell';
import { sideBySide } from './concurrently';
import { keepWaits, openRange, shortenWaits } from './faultFixture';

const TIMEOUT_MS = 3_000;
const LANES = 14;
/** Ids of one sandbox; the node remembers those it has seen. */
const IDS = 1_000;

const cells = TROUBLES.filter(({ name }) => name === 'hang').flatMap(cellsOf);
const outcomes = new Map<Cell, CellOutcome>();
const restoreWaits = keepWaits();

beforeAll(async () => {
	shortenWaits();
	await sideBySide(LANES, cells, async (cell) => {
		const range = await openRange({ firstId: (cells.indexOf(cell) + 1) * IDS });
		try {
			outcomes.set(cell, await runCell(cell, range, { timeout: TIMEOUT_MS }));
		} finally {
			await range.sandbox.close();
		}
	});
}, 240_000);
afterAll(restoreWaits);

test.each(cells.map((cell) => [nameOf(cell), cell] as const))('hang, %s', (_name, cell) =>
	expectCell(cell, outcomes.get(cell)),
);
