import type { IDataObject } from 'n8n-workflow';

import { addressOf } from '../../parameters/people';
import { readAddressList } from '../../parameters/readers/addressList';
import { isRefusal } from '../../parameters/readers/refusal';
import { statusIn } from '../../parameters/threadStatus';
import { contains, isFlag, isWord } from './fieldChecks';
import { linkFilters } from './linkFilters';
import type { ReadFilter, RowFilter } from './rowFilter';

/** Filters of GET /email/threads. API: docs 2026-05; the table made from the API's source has `unread` for `is_read`. */
export const threadFilters: Record<string, ReadFilter> = {
	...linkFilters,
	direction: ({ filters, name }) => {
		const direction = filters.choice(name);
		return { query: { direction }, holds: isWord(direction, 'last_message_direction') };
	},
	isAutomated: ({ filters, name }) => {
		const isAutomated = filters.flag(name);
		return { query: { is_automated: isAutomated }, holds: isFlag(isAutomated, 'is_automated') };
	},
	isRead: ({ filters, name }) => readStateFilter(filters.flag(name)),
	participant: ({ filters, name }) => {
		const email = addressOf(filters.value(name));
		return { query: { participant: email }, holds: (row) => hasParticipant(row, email) };
	},
	search: ({ filters, name }) => {
		const search = filters.value(name).wholeText();
		return { query: { search }, holds: contains(search, 'subject') };
	},
	// Not checked: the filter is documented as open and closed, a thread's status as active, archived and spam.
	status: ({ filters, name }) => ({
		query: { status: statusIn(filters.value(name)) },
		holds: () => undefined,
	}),
};

/** Only read threads, or only unread ones. */
export function readStateFilter(isRead: boolean): Omit<RowFilter, 'name'> {
	return {
		query: { is_read: isRead, unread: !isRead },
		holds: isFlag(isRead, 'is_read', 'unread'),
	};
}

/** Undefined when the row does not name its participants in a way that can be read. */
function hasParticipant({ participants }: IDataObject, email: string): boolean | undefined {
	if (!Array.isArray(participants) || participants.length === 0) return undefined;
	const list = readAddressList(participants);
	if (isRefusal(list)) return undefined;
	return list.people.some((person) => person.email.toLowerCase() === email.toLowerCase());
}
