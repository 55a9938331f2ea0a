import type { IDataObject } from 'n8n-workflow';

import type { ScheduledRow, Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const api = (row: unknown) => row as IDataObject;
const PATH = '/scheduled-communications';

const emails = ({ scheduled }: Snapshot) => scheduled.filter(({ channel }) => channel === 'email');
const pending = (world: Snapshot) => emails(world).filter(({ status }) => status === 'pending')[0];
const now = (id: string, { scheduled }: Snapshot) => api(scheduled.find((row) => row.id === id));

const simplified = (row: ScheduledRow): IDataObject => ({
	id: row.id,
	status: row.status,
	scheduled_for: row.scheduled_for,
	to_email: row.payload.to_email as string,
	subject: row.payload.subject as string,
	timezone: row.timezone,
	last_error: row.last_error,
	dispatched_at: row.dispatched_at,
	contact_id: row.contact_id,
	deal_id: row.deal_id,
});

const GOLDENS: Golden[] = [
	{
		name: 'scheduledEmail create, required values only',
		parameters: () => ({
			resource: 'scheduledEmail',
			operation: 'create',
			toEmail: 'ann@example.com',
			subject: 'Your quote',
			htmlBody: '<p>Hello Ann</p>',
			scheduledFor: '2099-06-03T09:00:00+02:00',
		}),
		requests: () => [
			{
				method: 'POST',
				path: PATH,
				body: {
					channel: 'email',
					scheduled_for: '2099-06-03T07:00:00Z',
					payload: {
						to_email: 'ann@example.com',
						subject: 'Your quote',
						html_body: '<p>Hello Ann</p>',
					},
				},
			},
		],
		rows: ({ now: { scheduled } }) => [{ outcome: 'scheduled', ...api(scheduled[0]) }],
		isSend: (path) => path === PATH,
		effect: ({ now: { scheduled } }) => {
			expect(scheduled[0]).toMatchObject({ status: 'pending', channel: 'email' });
		},
	},
	{
		name: 'scheduledEmail create, every field',
		parameters: ({ records }) => ({
			resource: 'scheduledEmail',
			operation: 'create',
			toEmail: 'Ann Lee <ann@example.com>',
			subject: 'Your quote',
			htmlBody: '<p>Hello Ann</p>',
			scheduledFor: '2099-06-03T09:00:00Z',
			mode: 'personal',
			senderUserId: chosen(records.users[0].user_id),
			options: {
				cc: 'bob@example.com; Cy <cy@example.com>',
				contactId: chosen(records.contacts[0].id),
				customerId: byId(records.customers[0].id),
				dealId: chosen(records.deals[0].id),
				fromEmail: chosen('hello@harborlightstudio.example'),
				respectBusinessHours: true,
				timezone: 'europe/berlin',
				toName: 'Ann L.',
			},
		}),
		requests: ({ records }) => {
			const links = {
				contact_id: records.contacts[0].id,
				customer_id: records.customers[0].id,
				deal_id: records.deals[0].id,
			};
			return [
				{
					method: 'POST',
					path: PATH,
					body: {
						channel: 'email',
						scheduled_for: '2099-06-03T09:00:00Z',
						timezone: 'Europe/Berlin',
						respect_business_hours: true,
						...links,
						payload: {
							to_email: 'ann@example.com',
							to_name: 'Ann L.',
							subject: 'Your quote',
							html_body: '<p>Hello Ann</p>',
							mode: 'personal',
							sender_user_id: records.users[0].user_id,
							cc: 'bob@example.com, cy@example.com',
							from_email: 'hello@harborlightstudio.example',
							...links,
						},
					},
				},
			];
		},
		rows: ({ now: { scheduled } }) => [{ outcome: 'scheduled', ...api(scheduled[0]) }],
		isSend: (path) => path === PATH,
	},
	{
		name: 'scheduledEmail get',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'get',
			scheduledEmailId: chosen(pending(seed).id),
		}),
		requests: ({ seed }) => [{ method: 'GET', path: `${PATH}/${pending(seed).id}` }],
		rows: ({ seed }) => [api(pending(seed))],
	},
	{
		name: 'scheduledEmail getAll, defaults',
		parameters: () => ({ resource: 'scheduledEmail', operation: 'getAll' }),
		requests: () => [{ method: 'GET', path: PATH, query: { channel: 'email', limit: '100' } }],
		rows: ({ seed }) => emails(seed).map(simplified),
	},
	{
		name: 'scheduledEmail getAll, every filter',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'getAll',
			limit: 9,
			simplify: false,
			filters: {
				contactId: chosen(pending(seed).contact_id),
				customerId: byId(pending(seed).customer_id),
				dealId: chosen(pending(seed).deal_id),
				status: 'pending',
			},
		}),
		requests: ({ seed }) => {
			const { contact_id, customer_id, deal_id } = pending(seed);
			const filters = {
				contact_id,
				customer_id,
				deal_id,
				opportunity_id: deal_id,
				status: 'pending',
			};
			return [{ method: 'GET', path: PATH, query: { channel: 'email', ...filters, limit: '100' } }];
		},
		rows: ({ seed }) => [api(pending(seed))],
	},
	{
		name: 'scheduledEmail update, the time only: nothing is read',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'update',
			scheduledEmailId: byId(pending(seed).id),
			updateFields: {
				scheduledFor: '2099-06-03T09:00:00Z',
				timezone: 'America/New_York',
				respectBusinessHours: true,
			},
		}),
		requests: ({ seed }) => [
			{
				method: 'PATCH',
				path: `${PATH}/${pending(seed).id}`,
				body: {
					scheduled_for: '2099-06-03T09:00:00Z',
					timezone: 'America/New_York',
					respect_business_hours: true,
				},
			},
		],
		rows: ({ seed, now: world }) => [now(pending(seed).id, world)],
	},
	{
		name: 'scheduledEmail update, every part of the email: merged into the stored one',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'update',
			scheduledEmailId: byId(pending(seed).id),
			updateFields: {
				toEmail: 'bob@example.com',
				toName: 'Bob',
				subject: 'Another subject',
				htmlBody: '<p>Another body</p>',
				cc: 'cy@example.com, di@example.com',
			},
		}),
		requests: ({ seed }) => {
			const path = `${PATH}/${pending(seed).id}`;
			const payload = {
				...api(pending(seed).payload),
				to_email: 'bob@example.com',
				to_name: 'Bob',
				subject: 'Another subject',
				html_body: '<p>Another body</p>',
				cc: 'cy@example.com, di@example.com',
			};
			return [
				{ method: 'GET', path },
				{ method: 'PATCH', path, body: { payload } },
			];
		},
		rows: ({ seed, now: world }) => [now(pending(seed).id, world)],
		effect: ({ seed, now: { scheduled } }) => {
			const row = scheduled.find(({ id }) => id === pending(seed).id);
			expect(row?.payload.contact_id).toBe(pending(seed).payload.contact_id);
		},
	},
	{
		name: 'scheduledEmail cancel (204)',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'cancel',
			scheduledEmailId: byId(pending(seed).id),
		}),
		requests: ({ seed }) => [{ method: 'DELETE', path: `${PATH}/${pending(seed).id}` }],
		rows: ({ seed }) => [{ cancelled: true, id: pending(seed).id }],
		effect: ({ seed, now: world }) => {
			expect(now(pending(seed).id, world)).toMatchObject({ status: 'cancelled' });
		},
	},
	{
		name: 'scheduledEmail sendNow',
		parameters: ({ seed }) => ({
			resource: 'scheduledEmail',
			operation: 'sendNow',
			scheduledEmailId: chosen(pending(seed).id),
		}),
		requests: ({ seed }) => [{ method: 'POST', path: `${PATH}/${pending(seed).id}/dispatch-now` }],
		rows: ({ seed }) => [
			{
				...api(pending(seed)),
				scheduled_for: '2026-06-01T09:00:00Z',
				updated_at: '2026-06-01T09:00:00Z',
			},
		],
	},
];

testGoldens(fixture, GOLDENS);
