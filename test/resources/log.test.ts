import type { IDataObject } from 'n8n-workflow';

import type { LogRow, Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const api = (row: unknown) => row as IDataObject;

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

const GOLDENS: Golden[] = [
	{
		name: 'log getAll, defaults',
		parameters: () => ({ resource: 'log', operation: 'getAll' }),
		requests: () => [{ method: 'GET', path: '/email/logs', query: { limit: '50' } }],
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
		requests: ({ seed }) => {
			const { contact_id, deal_id, email_type, provider, status } = linkedLog(seed);
			return [
				{
					method: 'GET',
					path: '/email/logs',
					query: {
						limit: '9',
						contact_id,
						deal_id,
						opportunity_id: deal_id,
						email_type,
						provider,
						status,
					},
				},
			];
		},
		rows: ({ seed }) => {
			const wanted = linkedLog(seed);
			const same = ['contact_id', 'deal_id', 'email_type', 'provider', 'status'] as const;
			return seed.logs
				.filter((log) => same.every((field) => log[field] === wanted[field]))
				.map(api);
		},
	},
	{
		name: 'log getAll, by recipient and time, which the API cannot filter by',
		parameters: ({ seed }) => ({
			resource: 'log',
			operation: 'getAll',
			limit: 9,
			simplify: false,
			filters: { recipient: linkedLog(seed).recipient_email, since: linkedLog(seed).created_at },
		}),
		requests: () => [
			{
				method: 'GET',
				path: '/email/logs',
				query: { limit: '100', sort: 'created_at', order: 'desc' },
			},
		],
		rows: ({ seed }) => {
			const { recipient_email, created_at } = linkedLog(seed);
			return seed.logs
				.filter((log) => log.recipient_email === recipient_email)
				.filter((log) => Date.parse(log.created_at) >= Date.parse(created_at))
				.map(api);
		},
	},
];

testGoldens(fixture, GOLDENS);
