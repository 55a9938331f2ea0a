import { createHash } from 'node:crypto';
import { codeOf, MAIL, NOBODY, NOW, useSandbox } from './client';

const api = useSandbox();

const FILE = { filename: 'a.txt', mime_type: 'text/plain', content: 'aGVsbG8=' };
const HELLO_SHA = createHash('sha256').update('hello').digest('hex');

interface Ids {
	message_id: string;
	thread_id: string;
	log_id: string;
}

async function gmailUser(
	n = 0,
): Promise<{ user_id: string; send_as_aliases: Array<{ email: string }> }> {
	const { body } = await api().get('/email/capabilities');
	const users = (body.data as { personal_gmail_users: unknown[] }).personal_gmail_users;
	return users[n] as Awaited<ReturnType<typeof gmailUser>>;
}

describe('send', () => {
	it('puts the email in the outbox and creates a thread, a message and a log row', async () => {
		const { control } = api().sandbox;
		const [contact] = await api().rows<{ id: string }>('/contacts?limit=1');
		const [deal] = await api().rows<{ id: string }>('/deals?limit=1');
		const answer = await api().post(
			'/email/send',
			{
				...MAIL,
				to_name: 'Ann',
				cc: 'bob@people.example',
				contact_id: contact.id,
				deal_id: deal.id,
				attachments: [FILE],
			},
			{ headers: { 'Idempotency-Key': 'one' } },
		);

		const data = answer.body.data as Ids;
		expect(answer.status).toBe(200);
		expect(answer.body.meta).toEqual({ credits_remaining: 4990 });
		expect(await control.outbox()).toEqual([
			{
				id: data.message_id,
				kind: 'send',
				threadId: data.thread_id,
				to: 'ann@people.example',
				toName: 'Ann',
				cc: 'bob@people.example',
				subject: 'Hello',
				html: '<p>Hi</p>',
				from: 'hello@harborlightstudio.example',
				mode: 'company',
				attachments: [{ filename: 'a.txt', mime_type: 'text/plain', size: 5, sha256: HELLO_SHA }],
				idempotencyKey: 'one',
				linked: { contact_id: contact.id, deal_id: deal.id, customer_id: null },
				at: NOW,
			},
		]);
		const { threads, messages, logs } = await control.snapshot();
		const thread = threads.find(({ id }) => id === data.thread_id);
		expect(thread).toEqual(
			expect.objectContaining({
				subject: 'Hello',
				is_read: true,
				message_count: 1,
				last_message_at: NOW,
				last_message_direction: 'outbound',
				last_message_preview: 'Hi',
			}),
		);
		expect(thread?.linked_entities.deals.map(({ id }) => id)).toEqual([deal.id]);
		expect(messages.filter(({ thread_id }) => thread_id === data.thread_id)).toEqual([
			expect.objectContaining({ has_attachment: true, attachment_filename: 'a.txt' }),
		]);
		expect(logs.find(({ id }) => id === data.log_id)).toEqual(
			expect.objectContaining({
				recipient_email: 'ann@people.example',
				status: 'sent',
				provider: 'gmail',
			}),
		);
		const [recorded] = (await control.requests()).filter(({ path }) => path === '/email/send');
		expect(recorded.body).toEqual(
			expect.objectContaining({
				attachments: [expect.not.objectContaining({ content: FILE.content })],
			}),
		);
		expect(recorded.headers.authorization).toBe('Bearer (full)');
	});

	it('names every linked row that does not exist, and sends nothing', async () => {
		const answer = await api().post('/email/send', {
			...MAIL,
			contact_id: NOBODY,
			customer_id: NOBODY,
		});
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual({
			error: 'VALIDATION_ERROR',
			details: {
				missing_entities: [
					{ field: 'contact_id', id: NOBODY },
					{ field: 'customer_id', id: NOBODY },
				],
			},
		});
		expect(await api().sandbox.control.outbox()).toEqual([]);
	});

	it('log-failed@: the email is sent, without a thread or log row', async () => {
		const { control } = api().sandbox;
		const before = await control.snapshot();
		const answer = await api().post('/email/send', { ...MAIL, to_email: 'log-failed@x.example' });
		const [mail] = await control.outbox();
		expect([answer.status, answer.body]).toEqual([
			422,
			{ error: 'EMAIL_LOG_FAILED', message_id: mail.id },
		]);
		expect(mail.threadId).toBeNull();
		expect(await control.snapshot()).toEqual(before);
	});

	it('undeliverable@: nothing is sent, and deliveryFailedStatus is the status', async () => {
		const mail = { ...MAIL, to_email: 'undeliverable@x.example' };
		const answer = await api().post('/email/send', mail);
		expect([answer.status, codeOf(answer)]).toEqual([422, 'EMAIL_DELIVERY_FAILED']);
		await api().sandbox.control.set({ deliveryFailedStatus: 502 });
		expect((await api().post('/email/send', mail)).status).toBe(502);
		expect(await api().sandbox.control.outbox()).toEqual([]);
	});

	it('personal mode sends only from a user’s own aliases', async () => {
		const mia = await gmailUser();
		const personal = { ...MAIL, mode: 'personal', sender_user_id: mia.user_id };
		const alias = mia.send_as_aliases[1].email;
		const answers = [
			await api().post('/email/send', personal),
			await api().post('/email/send', { ...personal, from_email: alias }),
			await api().post('/email/send', { ...personal, from_email: 'leo@harborlightstudio.example' }),
			await api().post('/email/send', { ...personal, sender_user_id: NOBODY }),
		];
		expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
			[200, undefined],
			[200, undefined],
			[400, 'ALIAS_NOT_CONNECTED'],
			[400, 'VALIDATION_ERROR'],
		]);
		const sent = await api().sandbox.control.outbox();
		expect(sent.map(({ from, mode }) => [from, mode])).toEqual([
			['mia@harborlightstudio.example', 'personal'],
			[alias, 'personal'],
		]);
	});

	it('sends attachments through Gmail only, and from a config by its id', async () => {
		const { configs } = await api().sandbox.control.snapshot();
		const invoices = { ...MAIL, email_config_id: configs[1].id };
		expect((await api().post('/email/send', invoices)).status).toBe(200);
		const refused = await api().post('/email/send', { ...invoices, attachments: [FILE] });
		expect([refused.status, codeOf(refused)]).toEqual([400, 'VALIDATION_ERROR']);
		expect((await api().post('/email/send', { ...MAIL, email_config_id: NOBODY })).status).toBe(
			400,
		);
		const [mail, ...more] = await api().sandbox.control.outbox();
		expect([mail.from, more]).toEqual(['invoices@mail.trustpager.net', []]);
	});

	it('accepts 25 MB of attachments in total, and not a byte more', async () => {
		const { control } = api().sandbox;
		const half = (extra = 0) => ({
			...FILE,
			content: Buffer.alloc(12.5 * 1024 * 1024 + extra, 1).toString('base64'),
		});
		const fits = await api().post('/email/send', { ...MAIL, attachments: [half(), half()] });
		const over = await api().post('/email/send', { ...MAIL, attachments: [half(), half(1)] });
		expect([fits.status, over.status, codeOf(over)]).toEqual([200, 400, 'VALIDATION_ERROR']);
		expect((await control.outbox())[0].attachments.map(({ size }) => size)).toEqual([
			13107200, 13107200,
		]);
		expect(await control.violations()).toHaveLength(1);
		const huge = await api().post('/email/send', 'x'.repeat(49 * 1024 * 1024));
		expect([huge.status, codeOf(huge)]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
	});

	it.each([
		[
			'data',
			{
				data: expect.objectContaining({ message_id: expect.any(String) }),
				meta: expect.anything(),
			},
		],
		['root', expect.objectContaining({ thread_id: expect.any(String) })],
		['bare', { success: true }],
	] as const)('answers in the shape of sendBody: %s', async (sendBody, wanted) => {
		await api().sandbox.control.set({ sendBody });
		expect((await api().post('/email/send', MAIL)).body).toEqual(wanted);
	});
});

describe('reply', () => {
	it('joins the thread, with its subject and links', async () => {
		const { control } = api().sandbox;
		const [thread] = await api().rows('/email/threads?search=signage');
		const reply = {
			thread_id: thread.id,
			reply_html: '<b>Yes</b>',
			to_email: 'nora.alder@alderfinch.example',
		};
		const answer = await api().post('/email/reply', {
			...reply,
			in_reply_to: '<1@x>',
			attachments: [FILE],
		});
		expect((answer.body.data as Ids).thread_id).toBe(thread.id);
		const [mail] = await control.outbox();
		expect(mail).toEqual(
			expect.objectContaining({
				kind: 'reply',
				threadId: thread.id,
				subject: 'Re: Logo files for the new signage',
				html: '<b>Yes</b>',
			}),
		);
		expect(mail.linked.contact_id).toBe(thread.linked_entities.contacts[0].id);
		const after = await api().get(`/email/threads/${thread.id}`);
		expect(after.body.data).toEqual({
			...thread,
			message_count: 4,
			last_message_at: NOW,
			last_message_direction: 'outbound',
			last_message_preview: 'Yes',
		});
		const missing = await api().post('/email/reply', { ...reply, thread_id: NOBODY });
		expect([missing.status, codeOf(missing)]).toEqual([404, 'NOT_FOUND']);
	});
});

describe('idempotency', () => {
	const send = async (key: string, mail: object = MAIL, secret?: string) =>
		await api().post('/email/send', mail, { key: secret, headers: { 'Idempotency-Key': key } });

	it('the same key within 24 hours returns the first answer and sends nothing', async () => {
		const { control } = api().sandbox;
		const first = await send('k');
		expect((await send('k', { ...MAIL, subject: 'Other' })).text).toBe(first.text);
		await send('other');
		expect(await control.outbox()).toHaveLength(2);
		await control.advanceClock(24 * 60 * 60 * 1000 - 1);
		await send('k');
		expect(await control.outbox()).toHaveLength(2);
		await control.advanceClock(1);
		await send('k');
		expect(await control.outbox()).toHaveLength(3);
	});

	it('is per API key, and only for requests that took effect', async () => {
		const { control, keys } = api().sandbox;
		await control.set({ credits: 5 });
		expect((await send('k')).status).toBe(403);
		await control.set({ credits: 500 });
		expect((await send('k')).status).toBe(200);
		const other = await control.addKey({ scopes: ['email:send'] });
		expect((await send('k', MAIL, other)).status).toBe(200);
		expect(await control.outbox()).toHaveLength(2);
		const queued = [
			await send('k', MAIL, keys.sendApproval),
			await send('k', MAIL, keys.sendApproval),
		];
		expect(queued[0].status).toBe(202);
		expect(queued[1].text).toBe(queued[0].text);
	});

	it('caches EMAIL_LOG_FAILED, whose email was sent', async () => {
		const mail = { ...MAIL, to_email: 'log-failed@x.example' };
		const first = await send('k', mail);
		expect((await send('k', mail)).text).toBe(first.text);
		expect(await api().sandbox.control.outbox()).toHaveLength(1);
	});

	it('can be turned off', async () => {
		await api().sandbox.control.set({ idempotency: 'ignored' });
		await send('k');
		await send('k');
		expect(await api().sandbox.control.outbox()).toHaveLength(2);
	});
});
