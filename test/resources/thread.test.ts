import type { IDataObject } from 'n8n-workflow';

import type { Snapshot, ThreadRow } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const NEWEST = 0;
const NEWEST_FIRST = { sort: 'last_message_at', order: 'desc' };
const api = (row: unknown) => row as IDataObject;

function simplified(thread: ThreadRow): IDataObject {
	const { contacts, deals } = thread.linked_entities;
	return {
		id: thread.id,
		thread_id: thread.id,
		subject: thread.subject,
		participant_email: thread.participants[0].email,
		participant_name: thread.participants[0].name,
		last_message_preview: thread.last_message_preview,
		last_message_direction: thread.last_message_direction,
		last_message_at: thread.last_message_at,
		contact_id: contacts[0]?.id ?? null,
		deal_id: deals[0]?.id ?? null,
	};
}

const longest = ({ threads }: Snapshot) =>
	threads.reduce((best, thread) => (thread.message_count > best.message_count ? thread : best));
const unread = ({ threads }: Snapshot) => threads.filter(({ is_read }) => !is_read);
const messagesOf = ({ messages }: Snapshot, id: string) =>
	messages
		.filter(({ thread_id }) => thread_id === id)
		.map(({ thread_id, ...row }) => (void thread_id, api(row)));

const GOLDENS: Golden[] = [
	{
		name: 'thread getAll, defaults: at most 50, simplified',
		parameters: () => ({ resource: 'thread', operation: 'getAll' }),
		requests: () => [
			{ method: 'GET', path: '/email/threads', query: { limit: '50', ...NEWEST_FIRST } },
		],
		rows: ({ seed }) => seed.threads.slice(0, 50).map(simplified),
	},
	{
		name: 'thread getAll, every filter',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'getAll',
			returnAll: false,
			limit: 7,
			simplify: false,
			filters: {
				contactId: byId(seed.threads[NEWEST].linked_entities.contacts[0].id),
				customerId: chosen(seed.threads[NEWEST].linked_entities.customers[0].id),
				dealId: byId(seed.threads[NEWEST].linked_entities.deals[0].id),
				direction: seed.threads[NEWEST].last_message_direction,
				isAutomated: false,
				isRead: seed.threads[NEWEST].is_read,
				participant: ` ${seed.threads[NEWEST].participants[0].email} `,
				search: seed.threads[NEWEST].subject.slice(0, 6),
				status: seed.threads[NEWEST].status,
			},
		}),
		requests: ({ seed }) => {
			const thread = seed.threads[NEWEST];
			return [
				{
					method: 'GET',
					path: '/email/threads',
					query: {
						limit: '7',
						contact_id: thread.linked_entities.contacts[0].id,
						customer_id: thread.linked_entities.customers[0].id,
						deal_id: thread.linked_entities.deals[0].id,
						direction: thread.last_message_direction,
						is_automated: 'false',
						is_read: String(thread.is_read),
						unread: String(!thread.is_read),
						opportunity_id: thread.linked_entities.deals[0].id,
						...NEWEST_FIRST,
						participant: thread.participants[0].email,
						search: thread.subject.slice(0, 6),
						status: thread.status,
					},
				},
			];
		},
		rows: ({ seed }) => [api(seed.threads[NEWEST])],
	},
	{
		name: 'thread get, simplified',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'get',
			threadId: chosen(seed.threads[NEWEST].id),
		}),
		requests: ({ seed }) => [{ method: 'GET', path: `/email/threads/${seed.threads[NEWEST].id}` }],
		rows: ({ seed }) => [simplified(seed.threads[NEWEST])],
	},
	{
		name: 'thread get, not simplified',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'get',
			threadId: byId(` ${seed.threads[NEWEST].id} `),
			simplify: false,
		}),
		requests: ({ seed }) => [{ method: 'GET', path: `/email/threads/${seed.threads[NEWEST].id}` }],
		rows: ({ seed }) => [api(seed.threads[NEWEST])],
	},
	{
		name: 'thread getMessages, defaults',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'getMessages',
			threadId: byId(longest(seed).id),
		}),
		requests: ({ seed }) => [
			{
				method: 'GET',
				path: `/email/threads/${longest(seed).id}/messages`,
				query: { limit: '50' },
			},
		],
		rows: ({ seed }) =>
			messagesOf(seed, longest(seed).id)
				.slice(0, 50)
				.map((row) => ({
					id: row.id,
					thread_id: longest(seed).id,
					direction: row.direction,
					from_email: row.from_email ?? row.sender_email,
					from_name: row.from_name ?? null,
					to_email: row.recipient_email ?? null,
					subject: row.subject ?? null,
					text: row.text_body ?? null,
					attachments: null,
					created_at: row.created_at,
				})),
	},
	{
		name: 'thread getMessages, every parameter',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'getMessages',
			threadId: byId(longest(seed).id),
			limit: 3,
			filters: { direction: 'outbound' },
			simplify: false,
		}),
		requests: ({ seed }) => [
			{
				method: 'GET',
				path: `/email/threads/${longest(seed).id}/messages`,
				query: { limit: '100' },
			},
		],
		rows: ({ seed }) =>
			messagesOf(seed, longest(seed).id)
				.filter(({ direction }) => direction === 'outbound')
				.slice(0, 3),
	},
	{
		name: 'thread getAll, output fields: those fields and the ID, even if the simplified row lacks them',
		parameters: () => ({
			resource: 'thread',
			operation: 'getAll',
			limit: 2,
			outputFields: 'subject, message_count, nothing, contact_id',
		}),
		requests: () => [
			{ method: 'GET', path: '/email/threads', query: { limit: '2', ...NEWEST_FIRST } },
		],
		rows: ({ seed }) =>
			seed.threads.slice(0, 2).map(({ id, subject, message_count, linked_entities }) => ({
				id,
				subject,
				message_count,
				contact_id: linked_entities.contacts[0]?.id ?? null,
			})),
	},
	{
		name: 'thread get, output fields of the raw row',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'get',
			threadId: byId(seed.threads[NEWEST].id),
			simplify: false,
			outputFields: '={{ ["linked_entities", "contact_id"] }}',
		}),
		requests: ({ seed }) => [{ method: 'GET', path: `/email/threads/${seed.threads[NEWEST].id}` }],
		rows: ({ seed: { threads } }) => [
			{ id: threads[NEWEST].id, linked_entities: api(threads[NEWEST].linked_entities) },
		],
	},
	{
		name: 'thread update, true and false as text from an expression',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'update',
			threadId: byId(seed.threads[NEWEST].id),
			updateFields: { isRead: '={{ "false" }}' },
		}),
		requests: ({ seed }) => [
			{
				method: 'PATCH',
				path: `/email/threads/${seed.threads[NEWEST].id}`,
				body: { is_read: false },
			},
		],
		rows: ({ now }) => {
			const { id, is_read, status, subject } = now.threads[NEWEST];
			return [{ id, is_read, status, subject }];
		},
	},
	...(['isRead', 'status'] as const).map(
		(field): Golden => ({
			name: `thread update, ${field} alone`,
			parameters: ({ seed }) => ({
				resource: 'thread',
				operation: 'update',
				threadId: byId(seed.threads[NEWEST].id),
				updateFields: field === 'isRead' ? { isRead: false } : { status: 'spam' },
			}),
			requests: ({ seed }) => [
				{
					method: 'PATCH',
					path: `/email/threads/${seed.threads[NEWEST].id}`,
					body: field === 'isRead' ? { is_read: false } : { status: 'spam' },
				},
			],
			rows: ({ now }) => {
				const { id, is_read, status, subject } = now.threads[NEWEST];
				return [{ id, is_read, status, subject }];
			},
		}),
	),
	{
		name: 'thread update, every field',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'update',
			threadId: byId(unread(seed)[0].id),
			updateFields: { isRead: true, status: 'archived' },
		}),
		requests: ({ seed }) => [
			{
				method: 'PATCH',
				path: `/email/threads/${unread(seed)[0].id}`,
				body: { is_read: true, status: 'archived' },
			},
		],
		rows: ({ seed }) => {
			const { id, subject } = unread(seed)[0];
			return [{ id, subject, is_read: true, status: 'archived' }];
		},
		effect: ({ seed, now }) => {
			const changed = now.threads.find(({ id }) => id === unread(seed)[0].id);
			expect(changed).toMatchObject({ is_read: true, status: 'archived' });
		},
	},
	{
		name: 'thread markRead, IDs with commas, spaces and a duplicate',
		parameters: ({ seed }) => {
			const [one, two] = unread(seed);
			const threadIds = ` ${one.id}, ${two.id},, ${one.id} `;
			return { resource: 'thread', operation: 'markRead', threadIds };
		},
		requests: ({ seed }) => {
			const thread_ids = unread(seed).slice(0, 2);
			return [
				{
					method: 'POST',
					path: '/email/threads/mark-read',
					body: { thread_ids: thread_ids.map(({ id }) => id) },
				},
			];
		},
		rows: () => [{ success: true, updated: 2, requested: 2 }],
		effect: ({ seed, now }) => expect(unread(now)).toHaveLength(unread(seed).length - 2),
	},
	{
		name: 'thread markRead, ticked in a list',
		parameters: ({ seed }) => {
			const threads = unread(seed).map(({ id }) => id);
			return {
				resource: 'thread',
				operation: 'markRead',
				target: 'fromList',
				threads: threads.slice(0, 2),
			};
		},
		requests: ({ seed }) => {
			const [one, two] = unread(seed);
			const body = { thread_ids: [one.id, two.id] };
			return [{ method: 'POST', path: '/email/threads/mark-read', body }];
		},
		rows: () => [{ success: true, updated: 2, requested: 2 }],
		effect: ({ seed, now }) => expect(unread(now)).toHaveLength(unread(seed).length - 2),
	},
	{
		name: 'thread update, a status from the list in any case',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'update',
			threadId: byId(unread(seed)[0].id),
			updateFields: { status: byId('Archived') },
		}),
		requests: ({ seed }) => [
			{
				method: 'PATCH',
				path: `/email/threads/${unread(seed)[0].id}`,
				body: { status: 'archived' },
			},
		],
		rows: ({ seed }) => {
			const { id, subject, is_read } = unread(seed)[0];
			return [{ id, subject, is_read, status: 'archived' }];
		},
		effect: ({ seed, now }) => {
			const changed = now.threads.find(({ id }) => id === unread(seed)[0].id);
			expect(changed).toMatchObject({ status: 'archived' });
		},
	},
	{
		name: 'thread markRead, all unread',
		parameters: () => ({ resource: 'thread', operation: 'markRead', target: 'allUnread' }),
		requests: () => [{ method: 'POST', path: '/email/threads/mark-read', body: { all: true } }],
		rows: ({ seed }) => [{ success: true, updated: unread(seed).length }],
		effect: ({ now }) => expect(unread(now)).toEqual([]),
	},
];

testGoldens(fixture, GOLDENS);

test('thread markRead takes an array from an expression and sends 100 IDs per request', async () => {
	const ids = (await fixture.control.addThreads(230)).concat('  ');
	const outcome = await fixture.run(
		{
			resource: 'thread',
			operation: 'markRead',
			target: 'selected',
			threadIds: '={{ $json.ids }}',
		},
		{ items: [{ json: { ids } }] },
	);
	const bodies = (await fixture.requests()).map(({ body }) => body as { thread_ids: string[] });
	expect(bodies.map(({ thread_ids }) => thread_ids.length)).toEqual([100, 100, 30]);
	expect(bodies.flatMap(({ thread_ids }) => thread_ids)).toEqual(ids.slice(0, 230));
	expect(outcome.items).toEqual([
		{ json: { success: true, updated: 230, requested: 230 }, pairedItem: { item: 0 } },
	]);
});

test('a failing chunk reports how many threads were marked before it', async () => {
	const threadIds = await fixture.control.addThreads(130);
	await fixture.control.addFault({
		path: '/email/threads/mark-read',
		skip: 1,
		kind: 'status',
		status: 400,
	});
	const outcome = await fixture.run(
		{ resource: 'thread', operation: 'markRead', threadIds: '={{ $json.threadIds }}' },
		{ items: [{ json: { threadIds } }] },
	);
	expect(outcome.error?.description).toMatch(/^100 of 130 threads were marked before this/);
});
