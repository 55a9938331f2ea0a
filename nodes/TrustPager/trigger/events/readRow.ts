import type { IDataObject } from 'n8n-workflow';

import { readTime, textOf } from '../../values';
import { keyOf } from '../poll/knownKeys';
import type { EventRow } from '../rows/types';
import type { RowEvent } from './event';

/** Reads rows of an event's list. @param keep whether a row passes the filters; asked for those with a wanted status only */
export function rowReader(
	{ sameAs = {}, counts, lastingTimes, reachedAt }: RowEvent,
	statuses: string[],
	keep: (row: IDataObject) => boolean,
): (row: IDataObject) => EventRow | undefined {
	const kindOf = (status: string) => sameAs[status] ?? status;
	const kinds = statuses.map(kindOf);
	return (row) => {
		const id = textOf(row.id);
		if (id === undefined) return undefined;
		const status = textOf(row.status)?.toLowerCase() ?? '';
		const kind = kindOf(status);
		const isOther = !kinds.includes(kind);
		const time = readTime(row.created_at);
		const times = [time, ...(lastingTimes?.(row) ?? []).map(readTime)];
		const latest = Math.max(...times.map((one) => one ?? 0));
		return {
			id,
			key: keyOf('row', id, kind),
			status,
			isWanted: !isOther && counts?.(row) !== false && keep(row),
			isOther,
			time,
			latest: latest || undefined,
			reached: readTime(reachedAt?.(row)),
			row,
		};
	};
}
