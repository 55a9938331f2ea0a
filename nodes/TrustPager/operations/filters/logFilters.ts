import { textOf } from '../../values';
import { isWord } from './fieldChecks';
import { linkFilters } from './linkFilters';
import type { ReadFilter } from './rowFilter';

/** Filters of GET /email/logs (docs 2026-04). */
export const logFilters: Record<string, ReadFilter> = {
	...linkFilters,
	emailType: ({ filters, name }) => {
		const type = filters.value(name).wholeText();
		return { query: { email_type: type }, holds: isWord(type, 'email_type') };
	},
	provider: ({ filters, name }) => {
		const provider = filters.choice(name);
		return { query: { provider }, holds: isWord(provider, 'provider') };
	},
	status: ({ filters, name }) => {
		const status = filters.choice(name);
		return {
			query: { status },
			holds: (row) => {
				const found = textOf(row.status);
				return found === undefined ? undefined : statusOf(found) === statusOf(status);
			},
		};
	},
};

/** API: two documents have two names for one status. */
function statusOf(text: string): string {
	const status = text.toLowerCase();
	return status === 'complained' ? 'spam_complaint' : status;
}
