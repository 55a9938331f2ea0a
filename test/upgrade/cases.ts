import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import type { Records } from '../engine/bench';
import type { NodeSettings } from '../engine/engine';

interface World {
	seed: Snapshot;
	records: Records;
}

/** A node as people set it up; a name starts with 'resource-operation'. */
export interface Case {
	name: string;
	parameters: (world: World) => IDataObject;
	/** What the node before gives. */
	items?: INodeExecutionData[];
	settings?: NodeSettings;
}

const list = (value: unknown, cachedResultName: string) =>
	({ __rl: true, mode: 'list', value, cachedResultName }) as IDataObject;
const typed = (value: unknown) => ({ __rl: true, mode: 'id', value }) as IDataObject;

const pending = ({ seed }: World) =>
	seed.approvals.filter(({ status }) => status === 'pending')[0].id;
const linkedLog = ({ seed }: World) =>
	seed.logs.find(({ contact_id, deal_id }) => contact_id !== null && deal_id !== null) ??
	seed.logs[0];
const linkedThread = ({ seed }: World) => seed.threads[0];

const CONFIG_FIELDS = ({ records }: World): IDataObject => ({
	configName: 'Support mailbox',
	emailProvider: 'gmail',
	gmailSenderAlias: 'hello@harborlightstudio.example',
	gmailSenderUserId: list(records.users[0].user_id, 'Support'),
	isDefault: true,
	logoUrl: 'https://example.com/logo.png',
	primaryColor: '#3366CC',
	replyTo: 'answers@example.com',
});

const ROWS: INodeExecutionData[] = [
	{ json: { email: 'ann@example.com', name: 'Ann Lee', order: 17 } },
	{ json: { email: 'bob@example.com', name: 'Bob Ray', order: 18 } },
];
const FILE: INodeExecutionData[] = [
	{
		json: { email: 'ann@example.com' },
		binary: {
			quote: {
				data: Buffer.from('A quote').toString('base64'),
				mimeType: 'application/pdf',
				fileName: 'quote.pdf',
			},
			terms: {
				data: Buffer.from('Terms').toString('base64'),
				mimeType: 'text/plain',
				fileName: 'terms.txt',
			},
		},
	},
];

/**
 * What is stored of a new version: each operation once with all that is optional left alone, and once with every
 * parameter set to something else. record.ts refuses to store a version whose parameters are not all in here.
 */
export const CASES: Case[] = [
	...(['approve', 'get', 'reject'] as const).map(
		(operation): Case => ({
			name: `approval-${operation}`,
			parameters: (world) => ({
				resource: 'approval',
				operation,
				approvalId: list(pending(world), 'Send email'),
				...(operation === 'reject' ? { reason: 'Wrong recipient' } : {}),
			}),
		}),
	),
	{
		name: 'approval-getAll',
		parameters: () => ({ resource: 'approval' }),
	},
	{
		name: 'approval-getAll-everything',
		parameters: () => ({
			resource: 'approval',
			operation: 'getAll',
			returnAll: true,
			filters: { status: 'all' },
		}),
	},
	{
		name: 'approval-getAll-limited',
		parameters: () => ({ resource: 'approval', operation: 'getAll', limit: 1 }),
	},
	{
		name: 'config-create',
		parameters: () => ({
			resource: 'config',
			operation: 'create',
			fromEmailHandle: 'support',
			fromName: 'Support',
			staffEmail: 'staff@example.com',
		}),
	},
	{
		name: 'config-create-everything',
		parameters: (world) => ({
			resource: 'config',
			operation: 'create',
			fromEmailHandle: 'support',
			fromName: 'Support',
			staffEmail: 'staff@example.com',
			additionalFields: CONFIG_FIELDS(world),
		}),
	},
	...(['get', 'delete'] as const).map(
		(operation): Case => ({
			name: `config-${operation}`,
			parameters: ({ seed }) => ({
				resource: 'config',
				operation,
				configId: typed(seed.configs[1].id),
			}),
		}),
	),
	{
		name: 'config-getAll-limited',
		parameters: () => ({ resource: 'config', operation: 'getAll', limit: 1 }),
	},
	{
		name: 'config-getAll-everything',
		parameters: () => ({ resource: 'config', operation: 'getAll', returnAll: true }),
	},
	{
		name: 'config-update-everything',
		parameters: (world) => ({
			resource: 'config',
			operation: 'update',
			configId: list(world.seed.configs[1].id, 'Invoices'),
			updateFields: {
				...CONFIG_FIELDS(world),
				fromEmailHandle: 'billing',
				fromName: 'Billing',
				staffEmail: 'staff@example.com',
			},
		}),
	},
	{
		name: 'email-getCapabilities',
		parameters: () => ({ resource: 'email', operation: 'getCapabilities' }),
	},
	{
		name: 'email-send-rows',
		items: ROWS,
		settings: { onError: 'continueErrorOutput', retryOnFail: true, maxTries: 2 },
		parameters: () => ({
			resource: 'email',
			toEmail: '={{ $json.email }}',
			subject: '=Order {{ $json.order }}',
			htmlBody: '=<p>Hello {{ $json.name }}</p>',
			options: {
				toName: '={{ $json.name }}',
				idempotencyKey: '=order-{{ $json.order }}',
				resendOnce: true,
			},
		}),
	},
	{
		name: 'email-send-everything',
		parameters: ({ seed, records }) => ({
			resource: 'email',
			operation: 'send',
			toEmail: 'ann@example.com',
			subject: 'Your quote',
			htmlBody: '<p>Hello Ann</p>',
			options: {
				cc: 'bob@example.com, cy@example.com',
				contactId: list(records.contacts[0].id, 'Ann Lee'),
				customerId: list(records.customers[0].id, 'Lee & Co'),
				dealId: list(records.deals[0].id, 'Roof'),
				emailConfigId: list(seed.configs[1].id, 'Invoices'),
				toName: 'Ann Lee',
			},
		}),
	},
	{
		name: 'email-send-personal',
		items: FILE,
		parameters: ({ records }) => ({
			resource: 'email',
			operation: 'send',
			toEmail: 'ann@example.com',
			subject: 'Your quote',
			htmlBody: '<p>Hello Ann</p>',
			mode: 'personal',
			senderUserId: list(records.users[0].user_id, 'Hello'),
			options: {
				attachmentFields: 'quote,terms',
				fromEmail: list('hello@harborlightstudio.example', 'Hello'),
			},
		}),
	},
	{
		name: 'email-reply',
		parameters: ({ seed }) => ({
			resource: 'email',
			operation: 'reply',
			threadId: list(seed.threads[0].id, seed.threads[0].subject),
			replyHtml: '<p>Thank you</p>',
		}),
	},
	{
		name: 'email-reply-everything',
		items: FILE,
		parameters: ({ seed, records }) => ({
			resource: 'email',
			operation: 'reply',
			threadId: typed(seed.threads[0].id),
			replyHtml: '<p>Thank you</p>',
			toEmail: '={{ $json.email }}',
			mode: 'personal',
			senderUserId: typed(records.users[1].user_id),
			options: {
				attachmentFields: 'quote',
				cc: 'bob@example.com',
				fromEmail: typed('leo@harborlightstudio.example'),
				idempotencyKey: 'answer-1',
				inReplyTo: seed.messages.filter(({ thread_id }) => thread_id === seed.threads[0].id)[0].id,
				resendOnce: true,
				toName: 'Ann Lee',
			},
		}),
	},
	{ name: 'log-getAll', parameters: () => ({ resource: 'log' }) },
	{
		name: 'log-getAll-filtered',
		parameters: (world) => ({
			resource: 'log',
			operation: 'getAll',
			limit: 9,
			simplify: false,
			filters: {
				contactId: list(linkedLog(world).contact_id, 'Ann Lee'),
				dealId: list(linkedLog(world).deal_id, 'Roof'),
				emailType: linkedLog(world).email_type,
				provider: linkedLog(world).provider,
				status: linkedLog(world).status,
			},
		}),
	},
	{
		name: 'log-getAll-everything',
		parameters: (world) => ({
			resource: 'log',
			operation: 'getAll',
			returnAll: true,
			outputFields: 'id,status',
			filters: { contactId: typed(linkedLog(world).contact_id) },
		}),
	},
	{ name: 'thread-getAll', parameters: () => ({}) },
	{
		name: 'thread-getAll-filtered',
		parameters: (world) => {
			const thread = linkedThread(world);
			return {
				resource: 'thread',
				operation: 'getAll',
				limit: 7,
				simplify: false,
				filters: {
					contactId: list(thread.linked_entities.contacts[0].id, 'Ann Lee'),
					customerId: list(thread.linked_entities.customers[0].id, 'Lee & Co'),
					dealId: list(thread.linked_entities.deals[0].id, 'Roof'),
					direction: thread.last_message_direction,
					isAutomated: false,
					isRead: thread.is_read,
					participant: thread.participants[0].email,
					search: thread.subject.slice(0, 6),
					status: thread.status,
				},
			};
		},
	},
	{
		name: 'thread-getAll-everything',
		parameters: (world) => ({
			resource: 'thread',
			operation: 'getAll',
			returnAll: true,
			outputFields: 'id,subject',
			filters: { contactId: typed(linkedThread(world).linked_entities.contacts[0].id) },
		}),
	},
	...([{}, { simplify: false }, { outputFields: 'id,subject' }] as const).map(
		(more, index): Case => ({
			name: `thread-get-${index + 1}`,
			parameters: ({ seed }) => ({
				resource: 'thread',
				operation: 'get',
				threadId: list(seed.threads[1].id, seed.threads[1].subject),
				...more,
			}),
		}),
	),
	...(
		[
			{ limit: 1 },
			{ returnAll: true, simplify: false, filters: { direction: 'outbound' } },
			{ returnAll: true, outputFields: 'id,text' },
		] as const
	).map(
		(more, index): Case => ({
			name: `thread-getMessages-${index + 1}`,
			parameters: ({ seed }) => ({
				resource: 'thread',
				operation: 'getMessages',
				threadId: typed(seed.threads[1].id),
				...more,
			}),
		}),
	),
	{
		name: 'thread-markRead-selected',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'markRead',
			threadIds: seed.threads
				.slice(0, 3)
				.map(({ id }) => id)
				.join(', '),
		}),
	},
	{
		name: 'thread-markRead-allUnread',
		parameters: () => ({ resource: 'thread', operation: 'markRead', target: 'allUnread' }),
	},
	{
		name: 'thread-update',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'update',
			threadId: typed(seed.threads[2].id),
			updateFields: { isRead: false, status: 'spam' },
		}),
	},
	{ name: 'trigger', parameters: () => ({}) },
	{
		name: 'trigger-filtered',
		parameters: () => ({
			simplify: false,
			filters: { sender: 'mia@', subject: 'quote', isAutomated: false },
			options: { afterPause: 'startFresh', lookBackMinutes: 30, maxMessages: 5 },
		}),
	},
	{
		name: 'trigger-linked',
		parameters: (world) => {
			const { contacts, customers, deals } = linkedThread(world).linked_entities;
			return {
				filters: {
					contactId: list(contacts[0].id, 'Ann Lee'),
					customerId: typed(customers[0].id),
					dealId: typed(deals[0].id),
				},
			};
		},
	},
];

/** Of these, what the trigger has saved after its first mail is stored, too: the next version goes on from there. */
export const GOES_ON = ['trigger', 'trigger-filtered'];
