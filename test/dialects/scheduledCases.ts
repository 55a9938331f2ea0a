import type { Snapshot } from '../../sandbox';
import type { DialectCase } from './operations';
import { byId, ids, momentOf, sorted } from './operations';

const emails = ({ scheduled }: Snapshot) => scheduled.filter(({ channel }) => channel === 'email');
const pending = (world: Snapshot) => emails(world).filter(({ status }) => status === 'pending');
const rowOf = ({ scheduled }: Snapshot, wanted: unknown) =>
	scheduled.find(({ id }) => id === wanted);
const EMAIL = {
	toEmail: 'ann@example.com',
	subject: 'Your quote',
	htmlBody: '<p>Hello Ann</p>',
	scheduledFor: '2099-06-03T09:00:00Z',
};

export const scheduledCases: DialectCase[] = [
	{
		operation: 'scheduledEmail: create',
		about: 'one row, with copies and links',
		run: async ({ fixture, seed, perform }) => {
			const { contacts, deals } = fixture.records;
			const { rows, now } = await perform('scheduledEmail: create', {
				...EMAIL,
				options: {
					cc: 'bob@example.com, cy@example.com',
					contactId: byId(contacts[0].id),
					dealId: byId(deals[0].id),
				},
			});
			const added = now.scheduled.filter(({ id }) => !ids(seed.scheduled).includes(id));
			expect(added).toHaveLength(1);
			expect(rows).toMatchObject([{ outcome: 'scheduled', id: added[0].id }]);
			expect(added[0]).toMatchObject({
				status: 'pending',
				scheduled_for: EMAIL.scheduledFor,
				contact_id: contacts[0].id,
				deal_id: deals[0].id,
			});
			expect([added[0].payload.cc].flat().join(', ')).toBe('bob@example.com, cy@example.com');
		},
	},
	{
		operation: 'scheduledEmail: create',
		about: 'whose answer is lost is found in the list',
		run: async ({ fixture, seed, perform }) => {
			const fault = { kind: 'resetBeforeHeaders', effect: 'after', method: 'POST' } as const;
			await fixture.control.setClock(null);
			await fixture.control.addFault(fault);
			const { rows, now } = await perform('scheduledEmail: create', {
				...EMAIL,
				subject: `Quote ${Math.random()}`,
			});
			expect(now.scheduled).toHaveLength(seed.scheduled.length + 1);
			expect(rows).toMatchObject([{ outcome: 'scheduled', found_in_list: true }]);
		},
	},
	{
		operation: 'scheduledEmail: getAll',
		about: 'emails only, and by each filter',
		run: async ({ seed, perform }) => {
			const all = await perform('scheduledEmail: getAll', { returnAll: true });
			expect(sorted(ids(all.rows))).toEqual(sorted(ids(emails(seed))));
			const [{ contact_id, deal_id, customer_id }] = pending(seed);
			const found = await perform('scheduledEmail: getAll', {
				returnAll: true,
				filters: {
					status: 'pending',
					contactId: byId(contact_id),
					dealId: byId(deal_id),
					customerId: byId(customer_id),
				},
			});
			expect(ids(found.rows)).toEqual([pending(seed)[0].id]);
		},
	},
	{
		operation: 'scheduledEmail: get',
		about: 'the row',
		run: async ({ seed, perform }) => {
			const [{ id, payload, scheduled_for }] = pending(seed);
			const { rows } = await perform('scheduledEmail: get', { scheduledEmailId: byId(id) });
			expect(rows).toMatchObject([{ id, payload }]);
			expect(momentOf(rows[0].scheduled_for)).toBe(momentOf(scheduled_for));
		},
	},
	{
		operation: 'scheduledEmail: update',
		about: 'what was given, and nothing else of the email',
		run: async ({ seed, perform }) => {
			const [{ id, payload }] = pending(seed);
			const { rows, now } = await perform('scheduledEmail: update', {
				scheduledEmailId: byId(id),
				updateFields: { subject: 'Another subject', cc: 'bob@example.com, cy@example.com' },
			});
			expect(rows).toMatchObject([{ id }]);
			const { cc, ...rest } = rowOf(now, id)?.payload ?? {};
			expect(rest).toEqual({ ...payload, subject: 'Another subject' });
			expect([cc].flat().join(', ')).toBe('bob@example.com, cy@example.com');
		},
	},
	{
		operation: 'scheduledEmail: cancel',
		about: 'is never sent',
		run: async ({ seed, fixture, perform }) => {
			const [{ id, payload }] = pending(seed);
			const { rows, now } = await perform('scheduledEmail: cancel', {
				scheduledEmailId: byId(id),
			});
			expect(rows).toEqual([{ cancelled: true, id }]);
			expect(rowOf(now, id)?.status).toBe('cancelled');
			await fixture.control.advanceClock(11 * 365 * 86_400_000);
			const sentTo = (await fixture.control.outbox()).map(({ to }) => to);
			expect(sentTo).toHaveLength(2);
			expect(sentTo).not.toContain(payload.to_email);
		},
	},
	{
		operation: 'scheduledEmail: sendNow',
		about: 'is sent once',
		run: async ({ seed, fixture, perform }) => {
			const [{ id, payload }] = pending(seed);
			await perform('scheduledEmail: sendNow', { scheduledEmailId: byId(id) });
			await fixture.control.advanceClock(60_000);
			const sentTo = (await fixture.control.outbox()).map(({ to }) => to);
			expect(sentTo).toEqual([payload.to_email]);
		},
	},
];
