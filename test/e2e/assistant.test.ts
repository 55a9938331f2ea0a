import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { Assistant } from './support/assistant';
import { N8nFixture } from './support/n8nFixture';

const NODE = 'n8n-nodes-trustpager.trustPager';
const TRIGGER = 'n8n-nodes-trustpager.trustPagerTrigger';

/** What people say, and the node that is for it. */
const PHRASES: Array<[string, string]> = [
	['answer mails from customers', NODE],
	['send a welcome mail when a lead comes in', NODE],
	['archive newsletters', NODE],
	['trust pager', NODE],
	['send email with trustpager', NODE],
	['reply to customers by email', NODE],
	['work through the shared inbox', NODE],
	['read the conversation with a customer', NODE],
	["start when a customer's email arrives", TRIGGER],
	['react to incoming mail from customers', TRIGGER],
	['new email received in the crm', TRIGGER],
	['start when an email bounces', TRIGGER],
	['react when a request was approved or rejected', TRIGGER],
	['start when a scheduled email was sent', TRIGGER],
	['schedule a follow-up email', NODE],
	['send a follow-up if nobody answers', NODE],
	['find unread threads in the mailbox', NODE],
	['mark threads as read', NODE],
	['report bounced emails', NODE],
	['check the delivery of an email', NODE],
	['cancel a scheduled email', NODE],
	['move mail to the archive', NODE],
	['approve emails before they are sent', NODE],
];

const id = (value = '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f') => ({ __rl: true, mode: 'id', value });
const MAIL = { toEmail: 'nathan@example.com', subject: 'Hello', htmlBody: 'Hello Nathan' };

/** What an assistant writes for each operation. */
const BUILT: Record<string, Record<string, unknown>> = {
	'approval/approve': { approvalId: id() },
	'approval/get': { approvalId: id() },
	'approval/getAll': { filters: { status: 'all' } },
	'approval/reject': { approvalId: id(), reason: 'Wrong recipient' },
	'config/create': {
		fromEmailHandle: 'support',
		fromName: 'Support',
		staffEmail: 'staff@example.com',
		additionalFields: { gmailSenderAlias: id('sales@example.com') },
	},
	'config/delete': { configId: id() },
	'config/get': { configId: id() },
	'config/getAll': { returnAll: true },
	'config/update': { configId: id(), updateFields: { fromName: 'Support' } },
	'email/getCapabilities': {},
	'email/reply': {
		threadId: id('={{ $json.thread_id }}'),
		bodyFormat: 'text',
		replyHtml: 'Thanks',
	},
	'email/send': { ...MAIL, mode: 'personal', senderUserId: id(), options: { cc: 'a@example.com' } },
	'email/sendAndWait': {
		toEmail: 'nathan@example.com',
		subject: 'May this quote go out?',
		message: 'Oak & Hollow want 20 test prints.',
	},
	'log/getAll': { filters: { status: 'bounced' }, limit: 10 },
	'scheduledEmail/cancel': { scheduledEmailId: id() },
	'scheduledEmail/create': { ...MAIL, scheduledFor: '={{ $now.plus({ days: 3 }) }}' },
	'scheduledEmail/get': { scheduledEmailId: id() },
	'scheduledEmail/getAll': { filters: { status: 'pending' } },
	'scheduledEmail/sendNow': { scheduledEmailId: id() },
	'scheduledEmail/update': { scheduledEmailId: id(), updateFields: { subject: 'Later' } },
	'thread/delete': { threadId: id() },
	'thread/get': { threadId: id() },
	'thread/getAll': { filters: { isAutomated: true, isRead: false, status: id('open') } },
	'thread/getMessages': { threadId: id(), filters: { direction: 'inbound' } },
	'thread/markRead': { target: 'fromList', threads: ['5f1c2a34'] },
	'thread/update': { threadId: id(), updateFields: { status: id('archived'), isRead: true } },
};

describe("n8n's assistant", () => {
	const fixture = new N8nFixture();
	let nodes: INodeTypeDescription[];
	let assistant: Assistant;

	beforeAll(async () => {
		nodes = await fixture.n8n.rest('GET', '/types/nodes.json');
		assistant = new Assistant(nodes);
		await assistant.learn([NODE, TRIGGER]);
	});

	afterAll(() => assistant?.close());

	it.each(PHRASES)("finds for '%s' %s among the first three", (phrase, type) => {
		// As the assistant's tool, which n8n makes of the node, it is the same node.
		const found = assistant.search(phrase).map((name) => name.replace(/Tool$/, ''));
		expect([...new Set(found)].slice(0, 3)).toContain(type);
	});

	it('reads when to use which operation, and which node starts a workflow', () => {
		const summary = assistant.summary(NODE);
		expect(summary).toContain('@builderHint Starts a new conversation with one person.');
		expect(summary).toContain(`${TRIGGER}: "Starts the workflow`);
		expect(assistant.summary(TRIGGER)).toContain('@builderHint Emits each inbound message once');
	});

	it('reads what models get wrong, in the definition of the node', () => {
		const definition = assistant.definition(NODE);
		expect(definition).toContain("Set to 'text' when the body is plain text");
		expect(definition).toContain('isRead?: true | false');
		expect(definition).toContain('executeOnce');
		expect(assistant.definition(TRIGGER)).toContain('TrustPagerTriggerV1');
	});

	it('knows every operation', () => {
		const { properties } = nodes.find(({ name }) => name === NODE) ?? { properties: [] };
		expect(Object.keys(BUILT).sort()).toEqual(properties.flatMap(operationsOf).sort());
	});

	it.each(Object.entries(BUILT))('is right with %s', (path, parameters) => {
		const [resource, operation] = path.split('/');
		expect(assistant.faults(NODE, { resource, operation, ...parameters })).toEqual([]);
	});

	it.each(['approvalDecided', 'emailFailed', 'messageReceived', 'scheduledEmailFinished'])(
		'is right with the event %s',
		(event) => {
			expect(assistant.definition(TRIGGER)).toContain(`'${event}'`);
			const filters = event === 'approvalDecided' ? {} : { filters: { contactId: id() } };
			const statuses = event === 'messageReceived' ? {} : { statuses: ['failed'] };
			expect(assistant.faults(TRIGGER, { event, ...filters, ...statuses })).toEqual([]);
		},
	);

	it('is told what is wrong', () => {
		const send = { resource: 'email', operation: 'send', ...MAIL };
		expect(assistant.faults(NODE, { ...send, operation: 'mail' })).toHaveLength(1);
		expect(assistant.faults(NODE, { ...send, subject: undefined })).toHaveLength(1);
		expect(assistant.faults(NODE, { ...send, bodyFormat: 'markdown' })).toHaveLength(1);
		const list = { resource: 'thread', operation: 'getAll', filters: { isRead: 'unread' } };
		expect(assistant.faults(NODE, list)).toHaveLength(1);
	});
});

function operationsOf({ name, displayOptions, options = [] }: INodeProperties): string[] {
	const [resource] = displayOptions?.show?.resource ?? [];
	if (name !== 'operation') return [];
	const values = options.map((option) => ('value' in option ? String(option.value) : ''));
	// n8n adds one of its own.
	return values
		.filter((value) => value !== '__CUSTOM_API_CALL__')
		.map((value) => `${String(resource)}/${value}`);
}
