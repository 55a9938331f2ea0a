import type { DialectCase } from './operations';
import { byId, ids, linkedThread, momentOf, pendingOf, sorted } from './operations';

const MAIL = { toEmail: 'Ann Lee <ann@example.com>', subject: 'Your quote', htmlBody: '<p>Hi</p>' };
const COPIES = 'bo@example.com; Cy <cy@example.com>';

export const mailCases: DialectCase[] = [
	{
		operation: 'email: send',
		about: 'is sent once, with copies, links and the name of the recipient',
		run: async ({ fixture, seed, perform }) => {
			const { contacts, deals, customers } = linkedThread(seed).linked_entities;
			const outcome = await perform('email: send', {
				...MAIL,
				contactId: byId(contacts[0].id),
				options: {
					cc: COPIES,
					contactId: byId(contacts[0].id),
					dealId: byId(deals[0].id),
					customerId: byId(customers[0].id),
				},
			});
			expect(outcome.rows).toMatchObject([{ outcome: 'sent' }]);
			expect(await fixture.control.outbox()).toMatchObject([
				{
					to: 'ann@example.com',
					toName: 'Ann Lee',
					cc: expect.stringMatching(/^bo@example\.com, ?cy@example\.com$/),
					subject: MAIL.subject,
					linked: {
						contact_id: contacts[0].id,
						deal_id: deals[0].id,
						customer_id: customers[0].id,
					},
				},
			]);
		},
	},
	{
		operation: 'email: sendAndWait',
		about: 'asks once, and waits',
		run: async ({ fixture, perform }) => {
			const { toEmail, subject } = MAIL;
			const ask = { toEmail, subject, message: 'Send it?', options: { cc: 'bo@example.com' } };
			const outcome = await perform('email: sendAndWait', ask);
			expect(outcome.status).toBe('waiting');
			expect(await fixture.control.outbox()).toMatchObject([
				{ to: 'ann@example.com', cc: 'bo@example.com', html: expect.stringContaining('Send it?') },
			]);
		},
	},
	{
		operation: 'email: send',
		about: 'with one copy, twice: the form of CC that the server takes is remembered',
		run: async ({ fixture, perform }) => {
			const options = { cc: 'bo@example.com' };
			for (const subject of ['One', 'Two']) {
				await perform('email: send', { ...MAIL, subject, options });
			}
			const outbox = await fixture.control.outbox();
			expect(outbox.map(({ subject, cc }) => [subject, cc])).toEqual([
				['One', 'bo@example.com'],
				['Two', 'bo@example.com'],
			]);
			const sends = (await fixture.requests()).filter(({ path }) => path === '/email/send');
			expect(sends.length).toBeLessThanOrEqual(3);
		},
	},
	{
		operation: 'email: send',
		about: 'never goes out without its BCC',
		run: async ({ fixture }) => {
			const { bcc } = await fixture.control.settings();
			const options = { bcc: 'boss@example.com' };
			const outcome = await fixture.run({
				resource: 'email',
				operation: 'send',
				...MAIL,
				options,
			});
			const outbox = await fixture.control.outbox();
			expect(outcome.error === undefined).toBe(bcc);
			expect(outbox.map((mail) => mail.bcc)).toEqual(bcc ? ['boss@example.com'] : []);
		},
	},
	{
		operation: 'email: send',
		about: 'as plain text',
		run: async ({ fixture, perform }) => {
			await perform('email: send', { ...MAIL, bodyFormat: 'text', htmlBody: 'A < B\n\nBye' });
			const [{ html }] = await fixture.control.outbox();
			expect(html).toContain('A &lt; B');
			expect(html.match(/<p\b/g)).toHaveLength(2);
		},
	},
	{
		operation: 'email: reply',
		about: 'to all: everybody else gets one copy, and nobody of ours',
		run: async ({ fixture, perform }) => {
			const { thread } = await fixture.control.receive({ fromEmail: 'bo@example.com' });
			await fixture.control.receive({ threadId: thread.id, fromEmail: 'ann@example.com' });
			await fixture.control.writeOutbound(thread.id, { toEmail: 'Cy@example.com' });
			await perform('email: reply', {
				threadId: byId(thread.id),
				replyHtml: '<p>Yes</p>',
				options: { replyAll: true },
			});
			const [mail] = await fixture.control.outbox();
			expect(mail.to).toBe('ann@example.com');
			expect(sorted(String(mail.cc).toLowerCase().split(/, ?/))).toEqual([
				'bo@example.com',
				'cy@example.com',
			]);
		},
	},
	{
		operation: 'email: send',
		about: 'to somebody who has unsubscribed is not called sent when it was not',
		run: async ({ fixture, perform }) => {
			await fixture.control.unsubscribe('ann@example.com');
			const outcome = await perform('email: send', MAIL);
			const wasSent = (await fixture.control.outbox()).length > 0;
			expect(outcome.rows[0].outcome).toBe(wasSent ? 'sent' : 'suppressed');
		},
	},
	{
		operation: 'email: send',
		about: 'of a lost answer is found in the log and not repeated',
		run: async ({ fixture, perform }) => {
			// The log is searched by time: now, unlike the seed's.
			await fixture.control.setClock(null);
			await fixture.control.addFault({
				path: '/email/send',
				kind: 'resetBeforeHeaders',
				effect: 'after',
			});
			const outcome = await perform('email: send', { ...MAIL, subject: 'Lost answer' });
			expect(outcome.rows).toMatchObject([{ outcome: 'sent' }]);
			expect(await fixture.control.outbox()).toHaveLength(1);
		},
	},
	{
		operation: 'email: send',
		about: 'with a key that may only ask waits for approval',
		run: async ({ fixture }) => {
			const credential = fixture.credential({ apiKey: fixture.sandbox.keys.sendApproval });
			const outcome = await fixture.run(
				{ resource: 'email', operation: 'send', ...MAIL },
				{ credential },
			);
			const pending = pendingOf(await fixture.control.snapshot());
			expect(outcome.items.map(({ json }) => json)).toMatchObject([
				{ outcome: 'queuedForApproval', approval_id: expect.any(String) },
			]);
			expect(ids(pending)).toContain(outcome.items[0].json.approval_id);
			expect(await fixture.control.outbox()).toEqual([]);
		},
	},
	{
		operation: 'email: reply',
		about: 'goes to the latest sender, in the thread, with copies',
		run: async ({ fixture, perform }) => {
			const { thread } = await fixture.control.receive({ fromEmail: 'ann@example.com' });
			const outcome = await perform('email: reply', {
				threadId: byId(thread.id),
				replyHtml: '<p>Yes</p>',
				options: { cc: COPIES },
			});
			expect(outcome.rows).toMatchObject([{ outcome: 'sent' }]);
			expect(await fixture.control.outbox()).toMatchObject([
				{ kind: 'reply', threadId: thread.id, to: 'ann@example.com' },
			]);
			expect((await fixture.control.outbox())[0].cc?.replace(' ', '')).toBe(
				'bo@example.com,cy@example.com',
			);
		},
	},
	{
		operation: 'email: getCapabilities',
		about: 'says who can send',
		run: async ({ perform }) => {
			const { rows } = await perform('email: getCapabilities');
			expect(rows).toMatchObject([{ company_mail: { configured: true } }]);
		},
	},
	{
		operation: 'log: getAll',
		about: 'exactly the rows that the filters are for',
		run: async ({ seed, perform }) => {
			const log =
				seed.logs.find(({ contact_id, deal_id }) => contact_id && deal_id) ?? seed.logs[0];
			const filters = [
				{ set: { status: 'bounced' }, field: 'status', value: 'bounced' },
				{ set: { provider: 'gmail' }, field: 'provider', value: 'gmail' },
				{ set: { emailType: log.email_type }, field: 'email_type', value: log.email_type },
				{ set: { contactId: byId(log.contact_id) }, field: 'contact_id', value: log.contact_id },
				{ set: { dealId: byId(log.deal_id) }, field: 'deal_id', value: log.deal_id },
			] as const;
			for (const { set, field, value } of filters) {
				const wanted = seed.logs.filter((row) => row[field] === value);
				const { rows } = await perform('log: getAll', { returnAll: true, filters: set });
				expect(sorted(ids(rows))).toEqual(sorted(ids(wanted)));
				expect(rows.every((row) => Number.isFinite(momentOf(row.created_at)))).toBe(true);
				expect(rows.map(({ deal_id }) => deal_id).sort()).toEqual(
					wanted.map(({ deal_id }) => deal_id).sort(),
				);
			}
		},
	},
	{
		operation: 'log: getAll',
		about: 'exactly the emails to one person, since a moment, or both',
		run: async ({ seed, perform }) => {
			const times = seed.logs.map(({ created_at }) => momentOf(created_at)).sort((a, b) => a - b);
			const middle = times[Math.floor(times.length / 2)];
			const [{ recipient_email: email }] = seed.logs;
			const isTo = (row: (typeof seed.logs)[number]) => row.recipient_email === email;
			const isNew = (row: (typeof seed.logs)[number]) => momentOf(row.created_at) >= middle;
			const since = new Date(middle).toISOString();
			const recipient = `Ann Lee <${email.toUpperCase()}>`;
			const filters = [
				{ set: { recipient }, wanted: seed.logs.filter(isTo) },
				{ set: { since }, wanted: seed.logs.filter(isNew) },
				{
					set: { recipient, since, status: seed.logs[0].status },
					wanted: seed.logs.filter(
						(row) => isTo(row) && isNew(row) && row.status === seed.logs[0].status,
					),
				},
			];
			for (const { set, wanted } of filters) {
				expect(wanted).not.toEqual([]);
				expect(wanted.length).toBeLessThan(seed.logs.length);
				const { rows } = await perform('log: getAll', { returnAll: true, filters: set });
				expect(sorted(ids(rows))).toEqual(sorted(ids(wanted)));
			}
		},
	},
];
