import type { ThreadRow } from '../../sandbox';
import { contractOf } from '../../sandbox/openapi/contract';
import { defaultSettings } from '../../sandbox/world/settings';
import { MAIL, NOW, useSandbox } from './client';

const api = useSandbox();
const contract = contractOf(defaultSettings());

type Step = [operationId: string, method: string, path: string, body?: unknown, status?: number];

/** Ids that the demo seed always has. */
async function ids(): Promise<Record<string, string>> {
	const { threads, configs, approvals, scheduled } = await api().sandbox.control.snapshot();
	const pending = approvals.filter(({ status }) => status === 'pending');
	return {
		thread: threads[0].id,
		config: configs[1].id,
		approval: pending[0].id,
		other: pending[1].id,
		scheduled: scheduled.filter(
			({ channel, status }) => channel === 'email' && status === 'pending',
		)[0].id,
	};
}

const STEPS: Step[] = [
	['getManifest', 'GET', '/'],
	['getAiInstructions', 'GET', '/ai-instructions'],
	['listThreads', 'GET', '/email/threads?limit=100'],
	['getThread', 'GET', '/email/threads/{thread}'],
	['listMessages', 'GET', '/email/threads/{thread}/messages'],
	['updateThread', 'PATCH', '/email/threads/{thread}', { is_read: true, status: 'archived' }],
	['markThreadsRead', 'POST', '/email/threads/mark-read', { all: true }],
	['sendEmail', 'POST', '/email/send', MAIL],
	[
		'replyToThread',
		'POST',
		'/email/reply',
		{ thread_id: '{thread}', reply_html: 'x', to_email: 'a@x.example' },
	],
	['getCapabilities', 'GET', '/email/capabilities'],
	['listLogs', 'GET', '/email/logs?limit=100'],
	['listConfigs', 'GET', '/email/configs'],
	[
		'createConfig',
		'POST',
		'/email/configs',
		{ from_email_handle: 'desk', from_name: 'D', staff_email: 'd@x.example' },
		201,
	],
	['getConfig', 'GET', '/email/configs/{config}'],
	['updateConfig', 'PATCH', '/email/configs/{config}', { from_name: 'Desk' }],
	['deleteConfig', 'DELETE', '/email/configs/{config}', undefined, 204],
	['listScheduled', 'GET', '/scheduled-communications?channel=email&status=pending'],
	['getScheduled', 'GET', '/scheduled-communications/{scheduled}'],
	[
		'createScheduled',
		'POST',
		'/scheduled-communications',
		{ channel: 'email', scheduled_for: '2026-11-25T09:00:00Z', payload: MAIL },
		201,
	],
	[
		'updateScheduled',
		'PATCH',
		'/scheduled-communications/{scheduled}',
		{ scheduled_for: '2026-11-26T09:00:00Z' },
	],
	['dispatchNow', 'POST', '/scheduled-communications/{scheduled}/dispatch-now'],
	['cancelScheduled', 'DELETE', '/scheduled-communications/{scheduled}', undefined, 204],
	['listApprovals', 'GET', '/approvals?status=all'],
	['getApproval', 'GET', '/approvals/{approval}'],
	['approveApproval', 'POST', '/approvals/{approval}/approve'],
	['rejectApproval', 'POST', '/approvals/{other}/reject', { reason: 'Not now' }],
	['createActivity', 'POST', '/activities', { activity_type: 'note', subject: 'Called' }, 201],
	['search', 'POST', '/search', { query: 'bakery' }],
	['listContacts', 'GET', '/contacts?search=alder'],
	['listOpportunities', 'GET', '/opportunities?status=open'],
	['listDeals', 'GET', '/deals'],
	['listCompanies', 'GET', '/companies?search=ale'],
	['listCustomers', 'GET', '/customers'],
];

describe('every operation of the document', () => {
	it('has a case here', () => {
		const named = STEPS.map(([operationId]) => operationId);
		expect(named.sort()).toEqual([...contract.operations.keys()].sort());
	});

	it.each(STEPS.map((step) => [step[0], step] as const))(
		'%s answers in the documented shape',
		async (_name, [operationId, method, path, body, status = 200]) => {
			const known = await ids();
			const fill = (text: string) =>
				text.replace(/\{(\w+)\}/g, (_whole, name: string) => known[name]);
			const filled =
				body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
			const answer = await api().call(method, fill(path), { body: filled });

			expect(answer.text).toMatch(status === 204 ? /^$/ : /^\{/);
			expect(answer.status).toBe(status);
			expect(
				contract.checkAnswer(operationId, status, status === 204 ? null : answer.body),
			).toEqual([]);
			expect(await api().sandbox.control.violations()).toEqual([]);
			const [recorded] = await api().sandbox.control.requests();
			expect(recorded).toEqual(expect.objectContaining({ method, status, key: 'full' }));
		},
	);
});

describe('threads', () => {
	it('a row has the documented shape', async () => {
		const [row] = await api().rows('/email/threads?search=SIGNAGE');
		expect(row).toEqual({
			id: expect.any(String),
			subject: 'Logo files for the new signage',
			status: 'open',
			is_read: false,
			message_count: 3,
			last_message_at: '2026-11-20T09:00:00Z',
			last_message_direction: 'inbound',
			last_message_preview: 'Outlines please. And the dark version too, if there is one.',
			participants: [{ name: 'Nora Alder', email: 'nora.alder@alderfinch.example' }],
			linked_entities: {
				contacts: [{ id: expect.any(String), first_name: 'Nora', last_name: 'Alder' }],
				deals: [{ id: expect.any(String), name: 'Bakery rebrand' }],
				customers: [{ id: expect.any(String), name: 'Alder & Finch Bakery' }],
			},
		});
	});

	it('each filter returns exactly the matching rows', async () => {
		const all = await api().rows('/email/threads?limit=100');
		const [first] = all;
		const { contacts, deals, customers } = first.linked_entities;
		const email = first.participants[0].email;
		const has = (list: Array<{ id: string }>, id: string) => list.some((one) => one.id === id);
		const filters: Array<[string, (row: ThreadRow) => boolean]> = [
			['status=open', ({ status }) => status === 'open'],
			['status=closed', ({ status }) => status === 'archived' || status === 'spam'],
			['status=spam', ({ status }) => status === 'spam'],
			['is_read=true', ({ is_read }) => is_read],
			['is_read=false', ({ is_read }) => !is_read],
			['direction=outbound', (row) => row.last_message_direction === 'outbound'],
			['search=FESTIVAL', ({ subject }) => /festival/i.test(subject)],
			[`contact_id=${contacts[0].id}`, (row) => has(row.linked_entities.contacts, contacts[0].id)],
			[`deal_id=${deals[0].id}`, (row) => has(row.linked_entities.deals, deals[0].id)],
			[
				`customer_id=${customers[0].id}`,
				(row) => has(row.linked_entities.customers, customers[0].id),
			],
			[
				`participant=${email.toUpperCase()}`,
				(row) => row.participants.some((one) => one.email === email),
			],
		];
		for (const [filter, wanted] of filters) {
			const rows = await api().rows(`/email/threads?limit=100&${filter}`);
			expect([filter, rows]).toEqual([filter, all.filter(wanted)]);
			expect(rows.length).toBeGreaterThan(0);
			expect(rows.length).toBeLessThan(all.length);
		}
		const automated = await api().rows('/email/threads?limit=100&is_automated=true');
		const manual = await api().rows('/email/threads?limit=100&is_automated=false');
		expect(automated.map(({ participants }) => participants[0].name)).toContain('Print Weekly');
		expect(automated.length + manual.length).toBe(all.length);
	});

	it('messages have a shape per direction', async () => {
		const [{ id }] = await api().rows('/email/threads?search=signage');
		const [first, second] = await api().rows<Record<string, unknown>>(
			`/email/threads/${id}/messages`,
		);
		expect(first).toEqual({
			id: expect.any(String),
			direction: 'inbound',
			from_email: 'nora.alder@alderfinch.example',
			from_name: 'Nora Alder',
			subject: 'Logo files for the new signage',
			text_body: expect.stringContaining('vector files'),
			attachments: [],
			created_at: '2026-11-20T07:26:00Z',
		});
		expect(second).toEqual({
			id: expect.any(String),
			direction: 'outbound',
			sender_email: 'hello@harborlightstudio.example',
			recipient_email: 'nora.alder@alderfinch.example',
			has_attachment: false,
			attachment_filename: null,
			created_at: '2026-11-20T08:13:00Z',
		});
	});

	it('update and mark-read change the list and return the remaining credits', async () => {
		const { control } = api().sandbox;
		const unread = await api().rows('/email/threads?limit=100&is_read=false');
		const [one, two, ...others] = unread.map(({ id }) => id);
		const updated = await api().patch(`/email/threads/${one}`, { is_read: true, status: 'spam' });
		expect(updated.body).toEqual({
			data: { id: one, is_read: true, status: 'spam', subject: unread[0].subject },
			meta: { credits_remaining: 4999 },
		});
		const marked = await api().post('/email/threads/mark-read', { thread_ids: [one, two] });
		expect(marked.body.data).toEqual({ success: true, updated: 1 });
		const rest = await api().post('/email/threads/mark-read', { all: true });
		expect(rest.body.data).toEqual({ success: true, updated: others.length });
		expect((await control.snapshot()).threads.every(({ is_read }) => is_read)).toBe(true);
	});

	it('can embed the messages in a single thread', async () => {
		await api().sandbox.control.set({ threadEmbedsMessages: true });
		const [{ id, message_count }] = await api().rows('/email/threads?limit=1');
		const { body } = await api().get(`/email/threads/${id}`);
		expect((body.data as { messages: unknown[] }).messages).toHaveLength(message_count);
	});
});

describe('logs', () => {
	it('filters, and omits prev_cursor', async () => {
		for (const status of ['sent', 'delivered', 'bounced', 'failed', 'spam_complaint']) {
			const rows = await api().rows<{ status: string }>(`/email/logs?limit=100&status=${status}`);
			expect(new Set(rows.map((row) => row.status))).toEqual(new Set([status]));
		}
		const { body } = await api().get('/email/logs?provider=postmark&email_type=automation&limit=1');
		expect(body.data).toEqual([
			expect.objectContaining({ provider: 'postmark', email_type: 'automation' }),
		]);
		expect(Object.keys(body.pagination as object)).toEqual(['limit', 'has_more', 'next_cursor']);
	});
});

describe('configs', () => {
	const CONFIG = { from_email_handle: 'desk', from_name: 'Desk', staff_email: 'desk@x.example' };

	it('creates, changes the default, and deletes', async () => {
		const created = await api().post('/email/configs', { ...CONFIG, is_default: true });
		const { id, from_email } = created.body.data as { id: string; from_email: string };
		expect(from_email).toBe('desk@mail.trustpager.net');
		const rows = await api().rows<{ id: string; is_default: boolean }>('/email/configs');
		expect(rows.filter((row) => row.is_default).map((row) => row.id)).toEqual([id]);
		expect((await api().call('DELETE', `/email/configs/${id}`)).status).toBe(204);
		expect((await api().get(`/email/configs/${id}`)).status).toBe(404);
		expect((await api().call('DELETE', `/email/configs/${id}`)).status).toBe(404);
	});

	it('refuses handles, aliases and users with the documented codes', async () => {
		const { body } = await api().get('/email/capabilities');
		const { personal_gmail_users: users } = body.data as {
			personal_gmail_users: Array<{ user_id: string }>;
		};
		const [{ id }] = await api()
			.rows<{ id: string; email_provider: string }>('/email/configs')
			.then((rows) => rows.filter((row) => row.email_provider === 'postmark'));
		const alias = { gmail_sender_alias: 'hello@harborlightstudio.example' };
		const mia = { gmail_sender_user_id: users[0].user_id };
		const nobody = { gmail_sender_user_id: '11111111-2222-4333-8444-555555555555' };
		const codes = [
			await api().post('/email/configs', { ...CONFIG, from_email_handle: 'desk@x.example' }),
			await api().post('/email/configs', { ...CONFIG, gmail_sender_alias: 'who@x.example' }),
			await api().patch(`/email/configs/${id}`, alias),
			await api().patch(`/email/configs/${id}`, nobody),
			await api().patch(`/email/configs/${id}`, { ...mia, gmail_sender_alias: 'who@x.example' }),
			await api().patch(`/email/configs/${id}`, { ...mia, ...alias }),
		].map(({ status, body: { error } }) => [status, (error as { code: string } | undefined)?.code]);
		expect(codes).toEqual([
			[400, 'INVALID_FROM_EMAIL_HANDLE'],
			[400, 'ALIAS_NOT_CONNECTED'],
			[400, 'GMAIL_USER_REQUIRED'],
			[400, 'GMAIL_NOT_CONNECTED'],
			[400, 'ALIAS_NOT_CONNECTED'],
			[200, undefined],
		]);
	});
});

describe('pickers', () => {
	it('search finds contacts, deals and customers, best match first', async () => {
		const { body } = await api().post('/search', { query: 'Bakery', limit: 2 });
		expect(body).toEqual({
			data: [
				{
					entity_type: 'deal',
					entity_id: expect.any(String),
					display_name: 'Bakery rebrand',
					subtitle: 'open',
					rank: 0.9,
				},
				expect.objectContaining({ display_name: 'Online ordering for the bakery', rank: 0.7 }),
			],
		});
		const byMail = await api().post('/search', { query: 'reception@' });
		expect(byMail.body.data).toEqual([
			expect.objectContaining({ display_name: 'Northgate Physio' }),
		]);
	});

	it('the lists of contacts, deals and companies filter', async () => {
		const [customer] = await api().rows<{ id: string }>('/companies?search=northgate');
		const contacts = await api().rows<object>(`/contacts?customer_id=${customer.id}`);
		expect(contacts).toEqual([
			expect.objectContaining({ first_name: 'Priya', created_at: expect.any(String) }),
		]);
		expect(contacts[0]).not.toHaveProperty('customer_id');
		expect(await api().rows('/deals?status=lost')).toHaveLength(1);
		expect(await api().rows(`/contacts?created_after=${NOW}`)).toEqual([]);
	});
});
