import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../values';
import type { FirstMoment } from './filters/rowFilter';

/** Rows that are written at once may be listed a little out of order. */
const TOLERANCE_MS = 10 * 60_000;
/** So many steps towards older rows come by chance in no other order, and so many rows before the moment are no stray ones. */
const PROOF = 10;

/**
 * Judges page by page whether a list of undocumented order has passed a moment: it is newest first by its own rows, and
 * several of them are older. Rows of the same time prove no order, and rows without a readable time prove nothing. A
 * list in any other order never ends before the moment: all of it has to be read.
 * @returns to be called with the rows of each page in turn
 */
export function endsBefore({ field, ms }: FirstMoment): (rows: IDataObject[]) => boolean {
	let oldest = Infinity;
	let isNewestFirst = true;
	let steps = 0;
	let older = 0;
	return (rows) => {
		for (const row of rows) {
			const time = readTime(row[field]);
			if (time === undefined) continue;
			isNewestFirst &&= time <= oldest + TOLERANCE_MS;
			if (time < oldest && oldest !== Infinity) steps++;
			if (time < ms - TOLERANCE_MS) older++;
			oldest = Math.min(oldest, time);
		}
		return isNewestFirst && steps >= PROOF && older >= PROOF;
	};
}
