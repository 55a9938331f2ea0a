import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../values';
import type { FirstMoment } from './filters/rowFilter';

/** Rows that are written at once may be listed a little out of order. */
const TOLERANCE_MS = 10 * 60_000;
/** Steps towards older rows that no other order gives by chance, and older rows in a row that are no stray ones. */
const PROOF = 10;

/**
 * Judges page by page whether a list of undocumented order has passed a moment: it is newest first by its own rows, and
 * its latest rows are older. Rows of the same time prove no order, and rows without a readable time prove nothing. A
 * list in any other order never ends before the moment: all of it has to be read.
 * @returns to be called with the rows of each page in turn
 */
export function endsBefore({ field, ms }: FirstMoment): (rows: IDataObject[]) => boolean {
	let oldest = Infinity;
	let isNewestFirst = true;
	let steps = 0;
	let olderInARow = 0;
	return (rows) => {
		for (const row of rows) {
			const time = readTime(row[field]);
			if (time === undefined) continue;
			isNewestFirst &&= time <= oldest + TOLERANCE_MS;
			if (time < oldest && oldest !== Infinity) steps++;
			olderInARow = time < ms - TOLERANCE_MS ? olderInARow + 1 : 0;
			oldest = Math.min(oldest, time);
		}
		return isNewestFirst && steps >= PROOF && olderInARow >= PROOF;
	};
}
