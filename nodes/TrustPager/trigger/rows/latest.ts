import type { IDataObject } from 'n8n-workflow';

import { scanList } from '../poll/scanList';
import type { EventRow, RowSettings, RowSteps } from './types';

/** Most pages of each list, for a server that does not list the newest first. */
const MAX_PAGES = 5;

/** The row that got its status last, as far as rows say so; undefined when there is none. Neither reads nor writes state. */
export function* latestRow({
	statuses,
	read,
	hasMore,
}: RowSettings): RowSteps<IDataObject | undefined> {
	const age = ({ reached, latest = 0 }: EventRow) => reached ?? latest;
	let best: EventRow | undefined;
	for (const status of statuses) {
		yield* scanList(
			{ request: (cursor) => ({ kind: 'rows' as const, status, cursor }), read },
			({ rows, number }) => {
				for (const row of rows) {
					if (row.isWanted && (!best || age(row) > age(best))) best = row;
				}
				return best !== undefined || number >= MAX_PAGES ? 'enough' : 'more';
			},
		);
	}
	if (!best || !hasMore?.(best)) return best?.row;
	const seen = yield { kind: 'row', id: best.id };
	return { ...best.row, ...(seen.outcome === 'page' ? seen.page.items[0] : {}) };
}
