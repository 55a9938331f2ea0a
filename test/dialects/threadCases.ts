import type { IDataObject } from 'n8n-workflow';

import type { ThreadRow } from '../../sandbox';
import type { DialectCase } from './operations';
import { byId, ids, linkedThread, momentOf, sorted } from './operations';

const unread = ({ is_read }: ThreadRow) => !is_read;

/** Filters of Thread: Get Many, and which threads they are for. Status is the server's own word (see README). */
const FILTERS: Array<{
	name: string;
	filters: (thread: ThreadRow) => IDataObject;
	holds: (row: ThreadRow, thread: ThreadRow) => boolean;
}> = [
	{ name: 'unread', filters: () => ({ isRead: false }), holds: unread },
	{ name: 'read', filters: () => ({ isRead: true }), holds: (row) => !unread(row) },
	{
		name: 'direction',
		filters: () => ({ direction: 'outbound' }),
		holds: (row) => row.last_message_direction === 'outbound',
	},
	{
		name: 'participant',
		filters: ({ participants }) => ({ participant: participants[0].email }),
		holds: ({ participants }, thread) =>
			participants.some(({ email }) => email === thread.participants[0].email),
	},
	{
		name: 'subject',
		filters: () => ({ search: 'QUOTE' }),
		holds: ({ subject }) => subject.toLowerCase().includes('quote'),
	},
	...(['contacts', 'deals', 'customers'] as const).map((kind) => ({
		name: kind,
		filters: ({ linked_entities }: ThreadRow) => ({
			[`${kind.slice(0, -1)}Id`]: byId(linked_entities[kind][0].id),
		}),
		holds: ({ linked_entities }: ThreadRow, thread: ThreadRow) =>
			linked_entities[kind].some(({ id }) => id === thread.linked_entities[kind][0].id),
	})),
];

const GET_MANY = 'thread: getAll';

export const threadCases: DialectCase[] = [
	...FILTERS.map(
		({ name, filters, holds }): DialectCase => ({
			operation: GET_MANY,
			about: `exactly the threads that the filter is for: ${name}`,
			run: async ({ seed, perform }) => {
				const thread = linkedThread(seed);
				const wanted = seed.threads.filter((row) => holds(row, thread));
				expect(wanted.length).toBeGreaterThan(0);
				expect(wanted.length).toBeLessThan(seed.threads.length);
				const outcome = await perform(GET_MANY, { returnAll: true, filters: filters(thread) });
				expect(sorted(ids(outcome.rows))).toEqual(sorted(ids(wanted)));
			},
		}),
	),
	{
		operation: GET_MANY,
		about: 'all threads over all pages, each once, and a limit that is exact',
		run: async ({ fixture, perform }) => {
			await fixture.control.addThreads(230);
			const all = await perform(GET_MANY, { returnAll: true });
			expect(sorted(ids(all.rows))).toEqual(sorted(ids(all.now.threads)));
			const limited = await perform(GET_MANY, { limit: 77, filters: { isRead: false } });
			expect(limited.rows).toHaveLength(77);
			const unreadIds = ids(limited.now.threads.filter(unread));
			expect(limited.rows.every(({ id }) => unreadIds.includes(id))).toBe(true);
		},
	},
	{
		operation: GET_MANY,
		about: 'simplified rows say the same in every dialect',
		run: async ({ seed, perform }) => {
			const outcome = await perform(GET_MANY, { returnAll: true });
			for (const thread of seed.threads) {
				const row = outcome.rows.find(({ id }) => id === thread.id) ?? {};
				expect({ ...row, last_message_at: momentOf(row.last_message_at) }).toMatchObject({
					thread_id: thread.id,
					subject: thread.subject,
					participant_email: thread.participants[0].email,
					last_message_direction: thread.last_message_direction,
					last_message_at: momentOf(thread.last_message_at),
					contact_id: thread.linked_entities.contacts[0]?.id ?? null,
					deal_id: thread.linked_entities.deals[0]?.id ?? null,
				});
			}
		},
	},
	{
		operation: 'thread: get',
		about: 'the thread, simplified and as it is',
		run: async ({ seed, perform }) => {
			const { id, subject, is_read } = linkedThread(seed);
			for (const simplify of [true, false]) {
				const outcome = await perform('thread: get', { threadId: byId(id), simplify });
				expect(outcome.rows).toMatchObject([{ id, subject, ...(simplify ? {} : { is_read }) }]);
			}
		},
	},
	{
		operation: 'thread: getMessages',
		about: 'all messages, and those of one direction',
		run: async ({ seed, perform }) => {
			const thread = seed.threads.reduce((a, b) => (b.message_count > a.message_count ? b : a));
			const own = seed.messages.filter(({ thread_id }) => thread_id === thread.id);
			const threadId = byId(thread.id);
			for (const direction of ['inbound', 'outbound', undefined]) {
				const filters = direction ? { direction } : {};
				const outcome = await perform('thread: getMessages', {
					threadId,
					returnAll: true,
					filters,
				});
				const wanted = own.filter((one) => !direction || one.direction === direction);
				expect(ids(outcome.rows)).toEqual(ids(wanted));
				for (const row of outcome.rows) {
					const message = own.find(({ id }) => id === row.id);
					expect(row.direction).toBe(message?.direction);
					expect(momentOf(row.created_at)).toBe(momentOf(message?.created_at));
				}
			}
		},
	},
	{
		operation: 'thread: markRead',
		about: 'all unread threads',
		run: async ({ fixture, perform }) => {
			await fixture.control.addThreads(130);
			const before = (await fixture.control.snapshot()).threads.filter(unread).length;
			const outcome = await perform('thread: markRead', { target: 'allUnread' });
			expect(outcome.rows).toMatchObject([{ success: true, updated: before }]);
			expect(outcome.now.threads.filter(unread)).toEqual([]);
		},
	},
	{
		operation: 'thread: markRead',
		about: 'the selected threads and no others',
		run: async ({ seed, perform }) => {
			const [first, ...others] = seed.threads.filter(unread);
			const outcome = await perform('thread: markRead', { threadIds: first.id });
			expect(ids(outcome.now.threads.filter(unread))).toEqual(ids(others));
		},
	},
	{
		operation: 'thread: delete',
		about: 'is gone, or is told to be impossible and stays',
		run: async ({ fixture, seed }) => {
			const [{ id }] = seed.threads;
			const { threadDelete } = await fixture.control.settings();
			const outcome = await fixture.run({
				resource: 'thread',
				operation: 'delete',
				threadId: byId(id),
			});
			const { threads } = await fixture.control.snapshot();
			const isPossible = threadDelete !== 'none';
			expect(ids(threads).includes(id)).toBe(!isPossible);
			expect(outcome.items.map(({ json }) => json)).toEqual(
				isPossible ? [{ deleted: true, id }] : [],
			);
			expect(outcome.error === undefined).toBe(isPossible);
		},
	},
	{
		operation: 'thread: update',
		about: 'links a contact and a deal, or says that it cannot and changes nothing',
		run: async ({ fixture, seed }) => {
			const { contacts, deals } = linkedThread(seed).linked_entities;
			const { thread } = await fixture.control.receive({});
			const outcome = await fixture.run({
				resource: 'thread',
				operation: 'update',
				threadId: byId(thread.id),
				updateFields: {
					isRead: true,
					linkContactId: byId(contacts[0].id),
					linkDealId: byId(deals[0].id),
				},
			});
			const { threads } = await fixture.control.snapshot();
			const now = threads.find(({ id }) => id === thread.id);
			const { threadLinks } = await fixture.control.settings();
			expect(outcome.error === undefined).toBe(threadLinks);
			expect(now?.is_read).toBe(threadLinks);
			expect(ids(now?.linked_entities.contacts ?? [])).toEqual(threadLinks ? [contacts[0].id] : []);
			expect(ids(now?.linked_entities.deals ?? [])).toEqual(threadLinks ? [deals[0].id] : []);
		},
	},
	{
		operation: 'thread: update',
		about: 'status and read state',
		run: async ({ seed, perform }) => {
			const { id } = seed.threads.filter(unread)[0];
			const outcome = await perform('thread: update', {
				threadId: byId(id),
				updateFields: { isRead: true, status: 'archived' },
			});
			const thread = outcome.now.threads.find((row) => row.id === id);
			expect(thread).toMatchObject({ is_read: true, status: 'archived' });
			expect(outcome.rows).toMatchObject([{ id, is_read: true, status: 'archived' }]);
		},
	},
];
