import type { IDataObject } from 'n8n-workflow';

import type { LogRow, Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { expectGolden, type Golden } from './golden';

const bench = useSandbox();
const api = (row: unknown) => row as IDataObject;
const all = (list: unknown[]) => list.map(api);
const pending = ({ approvals }: Snapshot) => approvals.filter(({ status }) => status === 'pending');

const simplifiedLog = (log: LogRow): IDataObject => ({
	id: log.id,
	status: log.status,
	recipient_email: log.recipient_email,
	subject: log.subject,
	sender_email: log.sender_email,
	email_type: log.email_type,
	created_at: log.created_at,
	thread_id: log.thread_id,
	contact_id: log.contact_id,
	deal_id: log.deal_id,
});

const linkedLog = ({ logs }: Snapshot) =>
	logs.find(({ contact_id, deal_id }) => contact_id !== null && deal_id !== null) ?? logs[0];

const CONFIGS: Golden[] = [
	{
		name: 'config create, required values alone',
		parameters: () => ({
			resource: 'config',
			operation: 'create',
			fromEmailHandle: ' support ',
			fromName: 'Support',
			staffEmail: 'staff@example.com',
		}),
		wire: () => [
			{
				method: 'POST',
				path: '/email/configs',
				body: {
					from_email_handle: 'support',
					from_name: 'Support',
					staff_email: 'staff@example.com',
				},
			},
		],
		rows: ({ now }) => [api(now.configs.at(-1))],
		effect: ({ now }) => expect(now.configs.at(-1)?.from_email).toMatch(/^support@/),
	},
	{
		name: 'config create, every field',
		parameters: ({ records }) => ({
			resource: 'config',
			operation: 'create',
			fromEmailHandle: 'support',
			fromName: 'Support',
			staffEmail: 'staff@example.com',
			additionalFields: {
				configName: 'Support mailbox',
				emailProvider: 'gmail',
				gmailSenderAlias: 'hello@harborlightstudio.example',
				gmailSenderUserId: chosen(records.users[0].user_id),
				isDefault: true,
				logoUrl: 'https://example.com/logo.png',
				primaryColor: '#3366CC',
				replyTo: 'answers@example.com',
			},
		}),
		wire: ({ records }) => [
			{
				method: 'POST',
				path: '/email/configs',
				body: {
					from_email_handle: 'support',
					from_name: 'Support',
					staff_email: 'staff@example.com',
					config_name: 'Support mailbox',
					email_provider: 'gmail',
					gmail_sender_alias: 'hello@harborlightstudio.example',
					gmail_sender_user_id: records.users[0].user_id,
					is_default: true,
					logo_url: 'https://example.com/logo.png',
					primary_color: '#3366CC',
					reply_to: 'answers@example.com',
				},
			},
		],
		rows: ({ now }) => [api(now.configs.at(-1))],
	},
	{
		name: 'config get',
		parameters: ({ seed }) => ({
			resource: 'config',
			operation: 'get',
			configId: chosen(seed.configs[1].id),
		}),
		wire: ({ seed }) => [{ method: 'GET', path: `/email/configs/${seed.configs[1].id}` }],
		rows: ({ seed }) => [api(seed.configs[1])],
	},
	{
		name: 'config getAll',
		parameters: () => ({ resource: 'config', operation: 'getAll', limit: 5 }),
		wire: () => [{ method: 'GET', path: '/email/configs', query: { limit: '5' } }],
		rows: ({ seed }) => all(seed.configs),
	},
	{
		name: 'config update, one field',
		parameters: ({ seed }) => ({
			resource: 'config',
			operation: 'update',
			configId: byId(seed.configs[1].id),
			updateFields: { isDefault: false },
		}),
		wire: ({ seed }) => [
			{
				method: 'PATCH',
				path: `/email/configs/${seed.configs[1].id}`,
				body: { is_default: false },
			},
		],
		rows: ({ now }) => [api(now.configs[1])],
	},
	{
		name: 'config update, every field',
		parameters: ({ seed, records }) => ({
			resource: 'config',
			operation: 'update',
			configId: byId(seed.configs[1].id),
			updateFields: {
				configName: 'Invoices',
				emailProvider: 'gmail',
				fromEmailHandle: 'billing',
				fromName: 'Billing',
				gmailSenderAlias: 'leo@harborlightstudio.example',
				gmailSenderUserId: byId(records.users[1].user_id),
				isDefault: true,
				logoUrl: 'https://example.com/logo.png',
				primaryColor: '#112233',
				replyTo: 'answers@example.com',
				staffEmail: 'staff@example.com',
			},
		}),
		wire: ({ seed, records }) => [
			{
				method: 'PATCH',
				path: `/email/configs/${seed.configs[1].id}`,
				body: {
					config_name: 'Invoices',
					email_provider: 'gmail',
					from_email_handle: 'billing',
					from_name: 'Billing',
					gmail_sender_alias: 'leo@harborlightstudio.example',
					gmail_sender_user_id: records.users[1].user_id,
					is_default: true,
					logo_url: 'https://example.com/logo.png',
					primary_color: '#112233',
					reply_to: 'answers@example.com',
					staff_email: 'staff@example.com',
				},
			},
		],
		rows: ({ now }) => [api(now.configs[1])],
		effect: ({ now }) => expect(now.configs[1].from_email).toMatch(/^billing@/),
	},
	{
		name: 'config delete (204)',
		parameters: ({ seed }) => ({
			resource: 'config',
			operation: 'delete',
			configId: byId(seed.configs[1].id),
		}),
		wire: ({ seed }) => [{ method: 'DELETE', path: `/email/configs/${seed.configs[1].id}` }],
		rows: ({ seed }) => [{ deleted: true, id: seed.configs[1].id }],
		effect: ({ seed, now }) => expect(now.configs).toEqual([seed.configs[0]]),
	},
];

const LOGS: Golden[] = [
	{
		name: 'log getAll, nothing set',
		parameters: () => ({ resource: 'log', operation: 'getAll' }),
		wire: () => [{ method: 'GET', path: '/email/logs', query: { limit: '50' } }],
		rows: ({ seed }) => seed.logs.slice(0, 50).map(simplifiedLog),
	},
	{
		name: 'log getAll, every filter',
		parameters: ({ seed }) => ({
			resource: 'log',
			operation: 'getAll',
			limit: 9,
			simplify: false,
			filters: {
				contactId: byId(linkedLog(seed).contact_id),
				dealId: chosen(linkedLog(seed).deal_id),
				emailType: linkedLog(seed).email_type,
				provider: linkedLog(seed).provider,
				status: linkedLog(seed).status,
			},
		}),
		wire: ({ seed }) => {
			const { contact_id, deal_id, email_type, provider, status } = linkedLog(seed);
			return [
				{
					method: 'GET',
					path: '/email/logs',
					query: { limit: '9', contact_id, deal_id, email_type, provider, status },
				},
			];
		},
		rows: ({ seed }) => {
			const wanted = linkedLog(seed);
			const same = ['contact_id', 'deal_id', 'email_type', 'provider', 'status'] as const;
			return all(seed.logs.filter((log) => same.every((field) => log[field] === wanted[field])));
		},
	},
];

const APPROVALS: Golden[] = [
	{
		name: 'approval getAll, nothing set: the pending ones',
		parameters: () => ({ resource: 'approval', operation: 'getAll' }),
		wire: () => [{ method: 'GET', path: '/approvals', query: { limit: '50' } }],
		rows: ({ seed }) => pending(seed).map((row) => expect.objectContaining({ id: row.id })),
	},
	{
		name: 'approval getAll, status all',
		parameters: () => ({
			resource: 'approval',
			operation: 'getAll',
			returnAll: true,
			filters: { status: 'all' },
		}),
		wire: () => [{ method: 'GET', path: '/approvals', query: { limit: '100', status: 'all' } }],
		rows: ({ seed }) => seed.approvals.map(({ id }) => expect.objectContaining({ id })),
	},
	{
		name: 'approval get',
		parameters: ({ seed }) => ({
			resource: 'approval',
			operation: 'get',
			approvalId: chosen(pending(seed)[0].id),
		}),
		wire: ({ seed }) => [{ method: 'GET', path: `/approvals/${pending(seed)[0].id}` }],
		rows: ({ seed }) => [api(pending(seed)[0])],
	},
	{
		name: 'approval approve',
		parameters: ({ seed }) => ({
			resource: 'approval',
			operation: 'approve',
			approvalId: byId(pending(seed)[0].id),
		}),
		wire: ({ seed }) => [{ method: 'POST', path: `/approvals/${pending(seed)[0].id}/approve` }],
		rows: ({ seed }) => [
			{
				approval_id: pending(seed)[0].id,
				status: 'approved',
				execution_status: 200,
				execution_result: expect.anything(),
			},
		],
		effect: ({ seed, now }) => expect(now.logs).toHaveLength(seed.logs.length + 1),
	},
	...['', 'Wrong recipient'].map(
		(reason): Golden => ({
			name: `approval reject, reason '${reason}'`,
			parameters: ({ seed }) => ({
				resource: 'approval',
				operation: 'reject',
				approvalId: byId(pending(seed)[0].id),
				reason,
			}),
			wire: ({ seed }) => [
				{
					method: 'POST',
					path: `/approvals/${pending(seed)[0].id}/reject`,
					...(reason ? { body: { reason } } : {}),
				},
			],
			rows: ({ seed }) => [{ approval_id: pending(seed)[0].id, status: 'rejected' }],
			effect: ({ seed, now }) => expect(pending(now)).toHaveLength(pending(seed).length - 1),
		}),
	),
];

test.each([...CONFIGS, ...LOGS, ...APPROVALS])('$name', async (golden) => {
	await expectGolden(bench, golden);
});

test('an approval whose answer is not wrapped in data comes out the same', async () => {
	await bench.control.set({ approvalRowBody: 'root' });
	const [{ id }] = pending(bench.seed);
	const outcome = await bench.run({
		resource: 'approval',
		operation: 'get',
		approvalId: byId(id),
	});
	expect(outcome.items.map(({ json }) => json.id)).toEqual([id]);
});
