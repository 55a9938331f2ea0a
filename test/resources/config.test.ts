import type { IDataObject } from 'n8n-workflow';

import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const api = (row: unknown) => row as IDataObject;

const GOLDENS: Golden[] = [
	{
		name: 'config create, required values only',
		parameters: () => ({
			resource: 'config',
			operation: 'create',
			fromEmailHandle: ' support ',
			fromName: 'Support',
			staffEmail: 'staff@example.com',
		}),
		requests: () => [
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
		requests: ({ records }) => [
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
		requests: ({ seed }) => [{ method: 'GET', path: `/email/configs/${seed.configs[1].id}` }],
		rows: ({ seed }) => [api(seed.configs[1])],
	},
	{
		name: 'config getAll',
		parameters: () => ({ resource: 'config', operation: 'getAll', limit: 5 }),
		requests: () => [{ method: 'GET', path: '/email/configs', query: { limit: '5' } }],
		rows: ({ seed }) => seed.configs.map(api),
	},
	{
		name: 'config update, one field',
		parameters: ({ seed }) => ({
			resource: 'config',
			operation: 'update',
			configId: byId(seed.configs[1].id),
			updateFields: { isDefault: false },
		}),
		requests: ({ seed }) => [
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
		requests: ({ seed, records }) => [
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
		requests: ({ seed }) => [{ method: 'DELETE', path: `/email/configs/${seed.configs[1].id}` }],
		rows: ({ seed }) => [{ deleted: true, id: seed.configs[1].id }],
		effect: ({ seed, now }) => expect(now.configs).toEqual([seed.configs[0]]),
	},
];

testGoldens(fixture, GOLDENS);
