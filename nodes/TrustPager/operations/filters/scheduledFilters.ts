import { isObject } from '../../values';
import { isWord } from './fieldChecks';
import { linkFilters } from './linkFilters';
import type { ReadFilter } from './rowFilter';

/** Filters of GET /scheduled-communications (docs 2026-04). */
export const scheduledFilters: Record<string, ReadFilter> = {
	contactId: inRowOrPayload(linkFilters.contactId),
	customerId: inRowOrPayload(linkFilters.customerId),
	dealId: inRowOrPayload(linkFilters.dealId),
	status: ({ filters, name }) => {
		const status = filters.choice(name);
		return { query: { status }, holds: isWord(status, 'status') };
	},
};

/** API: a link can be given in the row, in its `payload`, or in both. */
function inRowOrPayload(read: ReadFilter): ReadFilter {
	return (entry) => {
		const { query, holds } = read(entry);
		return {
			query,
			holds: (row) => {
				const payload = isObject(row.payload) ? row.payload : {};
				const [inRow, inPayload] = [holds(row), holds(payload)];
				return inRow === true ? true : (inPayload ?? inRow);
			},
		};
	};
}
