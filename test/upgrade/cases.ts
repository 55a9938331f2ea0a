import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import type { Records } from '../engine/sandboxFixture';
import type { NodeSettings } from '../engine/engine';
import { FILES } from './files';

interface World {
	seed: Snapshot;
	records: Records;
}

/** A node as people set it up. */
export interface Case {
	/** 'trigger' or 'resource-operation', with anything after it. */
	name: string;
	/** Without resource and operation, which the name says. */
	parameters: (world: World) => IDataObject;
	/** Output of the node before. */
	items?: INodeExecutionData[];
	settings?: NodeSettings;
}

/** Cases by name; a function when the parameters need ids of the sandbox's demo data. */
type Table = Record<string, IDataObject | Case['parameters']>;

const list = (value: unknown, cachedResultName: string) =>
	({ __rl: true, mode: 'list', value, cachedResultName }) as IDataObject;
const typed = (value: unknown) => ({ __rl: true, mode: 'id', value }) as IDataObject;

const approval = ({ seed }: World) =>
	list(seed.approvals.find(({ status }) => status === 'pending')?.id, 'Send email');
const linkedLog = ({ seed }: World) =>
	seed.logs.find(({ contact_id, deal_id }) => contact_id !== null && deal_id !== null) ??
	seed.logs[0];
const linksOf = ({ seed }: World) => {
	const { contacts, customers, deals } = seed.threads[0].linked_entities;
	return { contact: contacts[0].id, customer: customers[0].id, deal: deals[0].id };
};
const thread = ({ seed }: World, number: number) =>
	list(seed.threads[number].id, seed.threads[number].subject);

const scheduled = ({ seed }: World) =>
	list(
		seed.scheduled.find(({ channel, status }) => channel === 'email' && status === 'pending')?.id,
		'Your quote',
	);

const CONFIG = { fromEmailHandle: 'support', fromName: 'Support', staffEmail: 'staff@example.com' };
const CONFIG_OPTIONS = ({ records }: World): IDataObject => ({
	configName: 'Support mailbox',
	emailProvider: 'gmail',
	gmailSenderAlias: 'hello@harborlightstudio.example',
	gmailSenderUserId: list(records.users[0].user_id, 'Support'),
	isDefault: true,
	logoUrl: 'https://example.com/logo.png',
	primaryColor: '#3366CC',
	replyTo: 'answers@example.com',
});
const EMAIL = { toEmail: 'ann@example.com', subject: 'Your quote', htmlBody: '<p>Hello Ann</p>' };

/** n8n's own options. Nothing listens at a proxy here, so it is named by an expression that gives none. */
const REQUESTS = {
	allowUnauthorizedCerts: true,
	batching: { batch: { batchSize: 10, batchInterval: 500 } },
	proxy: '={{ "" }}',
	timeout: 20_000,
};
const QUESTION = { toEmail: 'ann@example.com', subject: 'Your quote', message: 'Send it?' };

const SIMPLE: Table = {
	'approval-approve': (world) => ({ approvalId: approval(world) }),
	'approval-get': (world) => ({ approvalId: approval(world) }),
	'approval-reject': (world) => ({ approvalId: approval(world), reason: 'Wrong recipient' }),
	'approval-getAll': {},
	'approval-getAll-everything': { returnAll: true, filters: { status: 'all' } },
	'approval-getAll-limited': { limit: 1 },
	'config-create': CONFIG,
	'config-create-everything': (world) => ({ ...CONFIG, additionalFields: CONFIG_OPTIONS(world) }),
	'config-get': ({ seed }) => ({ configId: typed(seed.configs[1].id) }),
	'config-delete': ({ seed }) => ({ configId: typed(seed.configs[1].id) }),
	'config-getAll-limited': { limit: 1 },
	'config-getAll-everything': { returnAll: true },
	'config-update-everything': (world) => ({
		configId: list(world.seed.configs[1].id, 'Invoices'),
		updateFields: {
			...CONFIG_OPTIONS(world),
			...CONFIG,
			fromEmailHandle: 'billing',
			fromName: 'Billing',
		},
	}),
	'email-getCapabilities': {},
	'email-send-everything': ({ seed, records }) => ({
		...EMAIL,
		options: {
			cc: 'bob@example.com, cy@example.com',
			contactId: list(records.contacts[0].id, 'Ann Lee'),
			customerId: list(records.customers[0].id, 'Lee & Co'),
			dealId: list(records.deals[0].id, 'Roof'),
			emailConfigId: list(seed.configs[1].id, 'Invoices'),
			toName: 'Ann Lee',
		},
	}),
	'email-send-bcc': { ...EMAIL, options: { bcc: 'bob@example.com' } },
	'email-send-text': {
		...EMAIL,
		bodyFormat: 'text',
		htmlBody: 'Hello Ann,\n\nsee www.example.com',
	},
	'email-sendAndWait': {
		...QUESTION,
		approvalOptions: {
			values: { approvalType: 'single', approveLabel: 'Yes', disapproveLabel: 'No' },
		},
		requestOptions: REQUESTS,
	},
	'email-sendAndWait-labels': {
		...QUESTION,
		approvalOptions: { values: { disapproveLabel: 'No' } },
	},
	'email-sendAndWait-form': ({ seed, records }) => ({
		...QUESTION,
		responseType: 'customForm',
		formFields: {
			values: [
				{ fieldLabel: 'Answer', fieldType: 'textarea', defaultValue: 'Yes', requiredField: true },
				{
					fieldLabel: 'Decision',
					fieldType: 'radio',
					fieldName: 'decision',
					fieldOptions: { values: [{ option: 'Send' }, { option: 'Wait' }] },
				},
			],
		},
		options: {
			cc: 'bob@example.com',
			contactId: list(records.contacts[0].id, 'Ann Lee'),
			customerId: list(records.customers[0].id, 'Lee & Co'),
			dealId: list(records.deals[0].id, 'Roof'),
			emailConfigId: list(seed.configs[1].id, 'Invoices'),
			limitWaitTime: {
				values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' },
			},
			messageButtonLabel: 'Decide',
			responseFormButtonLabel: 'Done',
			responseFormDescription: 'Please check it.',
			responseFormTitle: 'The answer',
			toName: 'Ann Lee',
		},
	}),
	'email-reply-text': (world) => ({
		threadId: thread(world, 0),
		bodyFormat: 'text',
		replyHtml: 'Thank you,\nLeo',
	}),
	'email-reply-all': (world) => ({
		threadId: thread(world, 0),
		replyHtml: '<p>Thank you</p>',
		options: { replyAll: true },
	}),
	'email-reply': (world) => ({ threadId: thread(world, 0), replyHtml: '<p>Thank you</p>' }),
	'log-getAll': {},
	'log-getAll-filtered': (world) => {
		const { contact_id, deal_id, email_type: emailType, provider, status } = linkedLog(world);
		return {
			limit: 9,
			simplify: false,
			filters: {
				contactId: list(contact_id, 'Ann Lee'),
				dealId: list(deal_id, 'Roof'),
				emailType,
				provider,
				status,
			},
		};
	},
	'log-getAll-everything': (world) => ({
		returnAll: true,
		outputFields: 'id,status',
		filters: { contactId: typed(linkedLog(world).contact_id) },
	}),
	'log-getAll-recipient': (world) => ({
		returnAll: true,
		filters: { recipient: linkedLog(world).recipient_email, since: '2020-01-01T00:00:00' },
	}),
	'scheduledEmail-create': { ...EMAIL, scheduledFor: '2099-06-03T09:00:00' },
	'scheduledEmail-create-everything': ({ records }) => ({
		...EMAIL,
		bodyFormat: 'text',
		scheduledFor: '2099-06-03T09:00:00',
		mode: 'personal',
		senderUserId: list(records.users[0].user_id, 'Hello'),
		options: {
			cc: 'bob@example.com',
			contactId: list(records.contacts[0].id, 'Ann Lee'),
			customerId: list(records.customers[0].id, 'Lee & Co'),
			dealId: list(records.deals[0].id, 'Roof'),
			fromEmail: list('hello@harborlightstudio.example', 'Hello'),
			idempotencyKey: 'follow-up-17',
			respectBusinessHours: true,
			timezone: 'Europe/Berlin',
			toName: 'Ann Lee',
		},
	}),
	'scheduledEmail-get': (world) => ({ scheduledEmailId: scheduled(world) }),
	'scheduledEmail-cancel': (world) => ({ scheduledEmailId: scheduled(world) }),
	'scheduledEmail-sendNow': (world) => ({ scheduledEmailId: scheduled(world) }),
	'scheduledEmail-getAll': {},
	'scheduledEmail-getAll-everything': ({ seed }) => ({
		returnAll: true,
		simplify: false,
		filters: {
			contactId: list(seed.scheduled[0].contact_id, 'Ann Lee'),
			customerId: list(seed.scheduled[0].customer_id, 'Lee & Co'),
			dealId: list(seed.scheduled[0].deal_id, 'Roof'),
			status: 'cancelled',
		},
	}),
	'scheduledEmail-getAll-limited': { limit: 1 },
	'scheduledEmail-update-everything': (world) => ({
		scheduledEmailId: scheduled(world),
		updateFields: {
			bodyFormat: 'text',
			cc: 'bob@example.com',
			htmlBody: '<p>Another body</p>',
			respectBusinessHours: true,
			scheduledFor: '2099-06-04T09:00:00',
			subject: 'Another subject',
			timezone: 'Europe/Berlin',
			toEmail: 'cy@example.com',
			toName: 'Cy',
		},
	}),
	'thread-getAll': {},
	'thread-getAll-filtered': (world) => {
		const links = linksOf(world);
		const [{ subject, status, participants, ...row }] = world.seed.threads;
		return {
			limit: 7,
			simplify: false,
			filters: {
				contactId: list(links.contact, 'Ann Lee'),
				customerId: list(links.customer, 'Lee & Co'),
				dealId: list(links.deal, 'Roof'),
				direction: row.last_message_direction,
				isAutomated: false,
				isRead: row.is_read,
				participant: participants[0].email,
				search: subject.slice(0, 6),
				status,
			},
		};
	},
	'thread-getAll-everything': (world) => ({
		returnAll: true,
		outputFields: 'id,subject',
		filters: { contactId: typed(linksOf(world).contact) },
	}),
	'thread-get-1': (world) => ({ threadId: thread(world, 1) }),
	'thread-get-2': (world) => ({ threadId: thread(world, 1), simplify: false }),
	'thread-get-3': (world) => ({ threadId: thread(world, 1), outputFields: 'id,subject' }),
	'thread-getMessages-1': ({ seed }) => ({ threadId: typed(seed.threads[1].id), limit: 1 }),
	'thread-getMessages-2': ({ seed }) => ({
		threadId: typed(seed.threads[1].id),
		returnAll: true,
		simplify: false,
		filters: { direction: 'outbound' },
	}),
	'thread-getMessages-3': ({ seed }) => ({
		threadId: typed(seed.threads[1].id),
		returnAll: true,
		outputFields: 'id,text',
	}),
	'thread-markRead-selected': ({ seed: { threads } }) => ({
		threadIds: [threads[0].id, threads[1].id, threads[2].id].join(', '),
	}),
	'thread-markRead-fromList': ({ seed: { threads } }) => ({
		target: 'fromList',
		threads: [threads[0].id, threads[1].id],
	}),
	'thread-markRead-allUnread': { target: 'allUnread' },
	'thread-delete': ({ seed }) => ({ threadId: typed(seed.threads[2].id) }),
	'thread-update-links': ({ seed, records }) => ({
		threadId: typed(seed.threads[2].id),
		updateFields: {
			linkContactId: list(records.contacts[0].id, 'Ann Lee'),
			linkCustomerId: list(records.customers[0].id, 'Lee & Co'),
			linkDealId: list(records.deals[0].id, 'Roof'),
		},
	}),
	'thread-update': ({ seed }) => ({
		threadId: typed(seed.threads[2].id),
		updateFields: { isRead: false, status: 'spam' },
	}),
	trigger: {},
	'trigger-filtered': {
		simplify: false,
		filters: { sender: 'mia@', subject: 'quote', isAutomated: false },
		options: { afterPause: 'startFresh', lookBackMinutes: 30, maxMessages: 5 },
	},
	'trigger-bounces': { event: 'emailFailed', statuses: ['bounced'] },
	'trigger-linked': (world) => {
		const { contact, customer, deal } = linksOf(world);
		return {
			filters: {
				contactId: list(contact, 'Ann Lee'),
				customerId: typed(customer),
				dealId: typed(deal),
			},
		};
	},
};

/**
 * What is stored for a new version: each operation once with all that is optional left alone, and once with every
 * parameter set to something else. record.ts refuses to store a version unless these cases cover all its parameters.
 */
export const CASES: Case[] = [
	...Object.entries(SIMPLE).map(
		([name, parameters]): Case => ({
			name,
			parameters: typeof parameters === 'function' ? parameters : () => parameters,
		}),
	),
	{
		name: 'email-send-rows',
		items: [
			{ json: { email: 'ann@example.com', name: 'Ann Lee', order: 17 } },
			{ json: { email: 'bob@example.com', name: 'Bob Ray', order: 18 } },
		],
		settings: { onError: 'continueErrorOutput', retryOnFail: true, maxTries: 2 },
		parameters: () => ({
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
		name: 'email-send-personal',
		items: FILES,
		parameters: ({ records }) => ({
			...EMAIL,
			mode: 'personal',
			senderUserId: list(records.users[0].user_id, 'Hello'),
			options: {
				attachmentFields: 'quote,terms',
				fromEmail: list('hello@harborlightstudio.example', 'Hello'),
			},
		}),
	},
	{
		name: 'email-sendAndWait-personal',
		items: FILES,
		parameters: ({ records }) => ({
			...QUESTION,
			mode: 'personal',
			senderUserId: list(records.users[0].user_id, 'Hello'),
			options: {
				attachmentFields: 'quote,terms',
				fromEmail: list('hello@harborlightstudio.example', 'Hello'),
				limitWaitTime: {
					values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2199-01-01T09:00:00' },
				},
			},
		}),
	},
	{
		name: 'email-reply-everything',
		items: FILES,
		parameters: ({ seed, records }) => ({
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
				inReplyTo: seed.messages.find(({ thread_id }) => thread_id === seed.threads[0].id)?.id,
				resendOnce: true,
				toName: 'Ann Lee',
			},
		}),
	},
];

/** For these, what the trigger saved after its first mail is stored as well, and the next version resumes from it. */
export const RESUMED = ['trigger', 'trigger-filtered'];
