import { isoOf } from '../world/clock';
import type { ThreadRow } from '../world/rows';
import type { ThreadRecord } from '../world/store';
import type { World } from '../world/world';
import { notFound } from './errors';

/** A thread as the API shows it (§5.1); deleted linked rows are omitted. */
export function threadRow(world: World, thread: ThreadRecord): ThreadRow {
	const { contacts, deals, customers } = world.store;
	return {
		id: thread.id,
		subject: thread.subject,
		status: thread.status,
		is_read: thread.is_read,
		message_count: thread.message_count,
		last_message_at: thread.last_message_at,
		last_message_direction: thread.last_message_direction,
		last_message_preview: thread.last_message_preview,
		participants: thread.participants,
		linked_entities: {
			contacts: thread.contacts.flatMap((id) => {
				const row = contacts.get(id)?.row;
				return row ? [{ id, first_name: row.first_name, last_name: row.last_name }] : [];
			}),
			deals: thread.deals.flatMap((id) => {
				const row = deals.get(id)?.row;
				return row ? [{ id, name: row.name }] : [];
			}),
			customers: thread.customers.flatMap((id) => {
				const row = customers.get(id)?.row;
				return row ? [{ id, name: row.name }] : [];
			}),
		},
	};
}

/** The row with the further fields that the setting `threadFields` names. */
export function shownThread(world: World, thread: ThreadRecord): ThreadRow {
	const { threadFields } = world.settings;
	const further = {
		is_automated: thread.is_automated,
		created_at: isoOf(thread.created?.major ?? 0),
	};
	const shown = threadFields.map((field) => [field, further[field]]);
	return { ...threadRow(world, thread), ...Object.fromEntries(shown) };
}

/** Throws 404 NOT_FOUND when there is none. */
export function existingThread(world: World, id: string): ThreadRecord {
	const thread = world.store.threads.get(id);
	if (thread === undefined) throw notFound('Thread');
	return thread;
}
