import type { ApiRequest } from '../../world/apiTypes';
import type { ThreadRecord } from '../../world/store';
import type { World } from '../../world/world';
import { canonicalIds } from './entityNames';

/** The filter is documented with open and closed, PATCH with active, archived and spam; the sandbox's mapping. */
const STATUSES: Record<string, string[]> = {
	open: ['open', 'active'],
	active: ['open', 'active'],
	closed: ['closed', 'archived', 'spam'],
};

/** The threads that match the request's filters, as far as the setting `threadFilters` honours them. */
export function filterThreads(
	world: World,
	threads: ThreadRecord[],
	request: ApiRequest,
): ThreadRecord[] {
	const honoured: string[] = world.settings.threadFilters;
	const query = canonicalIds(request.query, (name) => honoured.includes(name));
	const tests: Array<(thread: ThreadRecord) => boolean> = [];
	const { status, is_read, unread, is_automated, direction, search, participant } = query;
	if (typeof status === 'string') {
		const wanted = STATUSES[status] ?? [status];
		tests.push((thread) => wanted.includes(thread.status));
	}
	if (is_read !== undefined) tests.push((thread) => thread.is_read === is_read);
	if (unread !== undefined) tests.push((thread) => thread.is_read !== unread);
	if (is_automated !== undefined) tests.push((thread) => thread.is_automated === is_automated);
	if (direction !== undefined) {
		tests.push((thread) => thread.last_message_direction === direction);
	}
	if (typeof search === 'string') {
		const wanted = search.toLowerCase();
		tests.push((thread) => thread.subject.toLowerCase().includes(wanted));
	}
	if (typeof participant === 'string') {
		const wanted = participant.toLowerCase();
		tests.push((thread) => thread.participants.some(({ email }) => email.toLowerCase() === wanted));
	}
	for (const [field, list] of [
		['contact_id', 'contacts'],
		['deal_id', 'deals'],
		['customer_id', 'customers'],
	] as const) {
		const id = query[field];
		if (typeof id === 'string') tests.push((thread) => thread[list].includes(id.toLowerCase()));
	}
	if (tests.length === 0) return threads;
	return threads.filter((thread) => tests.every((test) => test(thread)));
}
