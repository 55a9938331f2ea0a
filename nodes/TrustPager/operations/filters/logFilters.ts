import { requiredAddress } from '../../parameters/people';
import { requiredMoment } from '../../parameters/time';
import { readTime, textOf } from '../../values';
import { isAddressedTo, isWord } from './fieldChecks';
import { linkFilters } from './linkFilters';
import type { ReadFilter } from './rowFilter';

/**
 * Filters of GET /email/logs (docs 2026-04), which has none for recipients or times.
 * @param zone the workflow's time zone, in which a time without a zone is read
 */
export const logFilters = (zone: string): Record<string, ReadFilter> => ({
	...linkFilters,
	emailType: ({ filters, name }) => {
		const type = filters.value(name).wholeText();
		return { query: { email_type: type }, holds: isWord(type, 'email_type') };
	},
	provider: ({ filters, name }) => {
		const provider = filters.choice(name);
		return { query: { provider }, holds: isWord(provider, 'provider') };
	},
	recipient: ({ filters, name }) => {
		const email = requiredAddress(filters.value(name));
		return { query: {}, isLocal: true, holds: isAddressedTo(email, 'recipient_email') };
	},
	since: ({ filters, name }) => {
		// API: times of emails are shown in whole seconds. One in the second of `since` may be later than it says.
		const moment = requiredMoment(filters.value(name), zone, '$now.minus(1, "day")');
		const ms = Math.floor(moment / 1_000) * 1_000;
		return {
			query: {},
			isLocal: true,
			from: { field: 'created_at', ms },
			// A row without a readable time is kept: it may be a new one.
			holds: (row) => {
				const time = readTime(row.created_at);
				return time === undefined ? undefined : time >= ms;
			},
		};
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
});

/** API: two documents have two names for one status. */
function statusOf(text: string): string {
	const status = text.toLowerCase();
	return status === 'complained' ? 'spam_complaint' : status;
}
