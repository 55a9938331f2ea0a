import { textOf } from '../../values';
import type { ReadFilter } from './rowFilter';

/** What the documents also call an approval after it was approved. API: `executed` and `failed` since 2026-05. */
const AFTER_APPROVAL = ['approved', 'executed', 'failed'];

/** Filters of GET /approvals. */
export const approvalFilters: Record<string, ReadFilter> = {
	status: ({ filters, name }) => {
		const wanted = filters.choice(name);
		const accepted = wanted === 'approved' ? AFTER_APPROVAL : [wanted];
		return {
			query: { status: wanted },
			holds: (row) => {
				const status = textOf(row.status);
				if (wanted === 'all' || status === undefined) return undefined;
				return accepted.includes(status.toLowerCase());
			},
		};
	},
};
