import type { LinkKind } from '../../output/links';
import { isLinked } from './fieldChecks';
import type { ReadFilter } from './rowFilter';

/**
 * Filters by a linked CRM record. API: deals are opportunities since 2026-05, under both names. Customers are companies,
 * but `company_id` is the workspace in other rows, so only their older name is sent, which both generations know.
 */
export const linkFilters: Record<string, ReadFilter> = {
	contactId: linkFilter('contact', ['contact_id']),
	customerId: linkFilter('customer', ['customer_id']),
	dealId: linkFilter('deal', ['deal_id', 'opportunity_id']),
};

function linkFilter(kind: LinkKind, apiNames: string[]): ReadFilter {
	return ({ filters, name }) => {
		const id = filters.value(name).id();
		return {
			query: Object.fromEntries(apiNames.map((apiName) => [apiName, id])),
			holds: isLinked(id, kind),
		};
	};
}
