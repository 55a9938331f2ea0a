import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const isSend = (path: string) => path === '/email/send' || path === '/email/reply';
const idOf = (row: IDataObject) => String(row.id);
const MAIL = { toEmail: 'ann@example.com', subject: 'Your quote', htmlBody: '<p>Hello “Ann”</p>' };
const REPLY_HTML = '<p>Thank you</p>';

/** The sandbox's answer for an email that was just sent. */
function sentRow(threadId: string | null, logId: string): IDataObject {
	return {
		success: true,
		message_id: expect.stringContaining('@'),
		thread_id: threadId,
		log_id: logId,
		status: 'sent',
		outcome: 'sent',
	};
}

const newestLog = ({ logs }: Snapshot) => logs[0];
const answered = ({ threads }: Snapshot) =>
	threads.find(({ message_count, id }) => message_count > 2 && id !== longest({ threads }).id) ??
	threads[0];
const longest = ({ threads }: Pick<Snapshot, 'threads'>) =>
	threads.reduce((best, thread) => (thread.message_count > best.message_count ? thread : best));

function lastSender({ messages }: Snapshot, threadId: string): string {
	const inbound = messages.filter(
		(message) => message.thread_id === threadId && message.direction === 'inbound',
	);
	const last = inbound.at(-1);
	return last?.direction === 'inbound' ? last.from_email : '';
}

const GOLDENS: Golden[] = [
	{
		name: 'email send, required values only',
		isSend,
		parameters: () => ({ resource: 'email', operation: 'send', ...MAIL }),
		requests: () => [
			{
				method: 'POST',
				path: '/email/send',
				body: {
					to_email: 'ann@example.com',
					subject: 'Your quote',
					html_body: '<p>Hello “Ann”</p>',
				},
			},
		],
		rows: ({ now }) => [sentRow(newestLog(now).thread_id, newestLog(now).id)],
		effect: ({ seed, now }) => expect(now.logs).toHaveLength(seed.logs.length + 1),
	},
	{
		name: 'email send of plain text',
		isSend,
		parameters: () => ({
			resource: 'email',
			operation: 'send',
			...MAIL,
			bodyFormat: 'text',
			htmlBody: 'Hello Ann & Bob,\n\nsee www.example.com.\n  <3',
		}),
		requests: () => [
			{
				method: 'POST',
				path: '/email/send',
				body: {
					to_email: 'ann@example.com',
					subject: 'Your quote',
					html_body:
						'<p>Hello Ann &amp; Bob,</p>\n<p>see <a href="http://www.example.com">www.example.com</a>.<br>&nbsp;&nbsp;&lt;3</p>',
				},
			},
		],
		rows: ({ now }) => [sentRow(newestLog(now).thread_id, newestLog(now).id)],
	},
	{
		name: 'email send in company mode, every option',
		isSend,
		parameters: ({ seed, records }) => ({
			resource: 'email',
			operation: 'send',
			...MAIL,
			toEmail: ' ann@example.com ',
			mode: 'company',
			// A leftover from personal mode, hidden in company mode.
			senderUserId: byId(records.users[0].user_id),
			options: {
				cc: ['bob@example.com', 'cy@example.com'],
				contactId: chosen(records.contacts[0].id),
				customerId: byId(records.customers[0].id),
				dealId: byId(records.deals[0].id),
				emailConfigId: chosen(seed.configs[1].id),
				toName: 'Ann Lee',
				idempotencyKey: '',
				resendOnce: false,
			},
		}),
		requests: ({ seed, records }) => [
			{
				method: 'POST',
				path: '/email/send',
				body: {
					to_email: 'ann@example.com',
					subject: 'Your quote',
					html_body: '<p>Hello “Ann”</p>',
					to_name: 'Ann Lee',
					cc: 'bob@example.com, cy@example.com',
					contact_id: idOf(records.contacts[0]),
					deal_id: idOf(records.deals[0]),
					customer_id: idOf(records.customers[0]),
					email_config_id: seed.configs[1].id,
				},
			},
		],
		rows: ({ now }) => [sentRow(newestLog(now).thread_id, newestLog(now).id)],
		effect: ({ now, records }) =>
			expect(newestLog(now)).toMatchObject({
				sender_email: 'invoices@mail.trustpager.net',
				contact_id: records.contacts[0].id,
			}),
	},
	{
		name: 'email send in personal mode from an alias',
		isSend,
		parameters: ({ records }) => ({
			resource: 'email',
			operation: 'send',
			...MAIL,
			mode: 'personal',
			senderUserId: chosen(records.users[0].user_id),
			options: { fromEmail: chosen('hello@harborlightstudio.example'), cc: 'bob@example.com' },
		}),
		requests: ({ records }) => [
			{
				method: 'POST',
				path: '/email/send',
				body: {
					to_email: 'ann@example.com',
					subject: 'Your quote',
					html_body: '<p>Hello “Ann”</p>',
					mode: 'personal',
					sender_user_id: records.users[0].user_id,
					cc: 'bob@example.com',
					from_email: 'hello@harborlightstudio.example',
				},
			},
		],
		rows: ({ now }) => [sentRow(newestLog(now).thread_id, newestLog(now).id)],
		effect: ({ now }) =>
			expect(newestLog(now).sender_email).toBe('hello@harborlightstudio.example'),
	},
	{
		name: 'email reply to the latest sender, found by reading every page of the thread',
		isSend,
		parameters: ({ seed }) => ({
			resource: 'email',
			operation: 'reply',
			threadId: byId(longest(seed).id),
			replyHtml: REPLY_HTML,
		}),
		requests: ({ seed }) => {
			const { id } = longest(seed);
			const path = `/email/threads/${id}/messages`;
			const ids = seed.messages.filter(({ thread_id }) => thread_id === id);
			const cursors = [ids[99].id, ids[199].id];
			return [
				{ method: 'GET', path, query: { limit: '100' } },
				...cursors.map((cursor) => ({
					method: 'GET',
					path,
					query: { limit: '100', after: cursor, cursor },
				})),
				{ method: 'GET', path: '/email/capabilities' },
				{
					method: 'POST',
					path: '/email/reply',
					body: { thread_id: id, reply_html: REPLY_HTML, to_email: lastSender(seed, id) },
				},
			];
		},
		rows: ({ seed, now }) => [sentRow(longest(seed).id, newestLog(now).id)],
		effect: ({ seed, now }) =>
			expect(newestLog(now).recipient_email).toBe(lastSender(seed, longest(seed).id)),
	},
	{
		name: 'email reply, every option: one request',
		isSend,
		parameters: ({ seed, records }) => ({
			resource: 'email',
			operation: 'reply',
			threadId: chosen(answered(seed).id),
			replyHtml: REPLY_HTML,
			toEmail: 'ann@example.com',
			mode: 'personal',
			senderUserId: byId(records.users[1].user_id),
			options: {
				cc: 'bob@example.com,cy@example.com',
				fromEmail: byId('leo@harborlightstudio.example'),
				inReplyTo: seed.messages.filter(({ thread_id }) => thread_id === answered(seed).id)[0].id,
				toName: 'Ann Lee',
			},
		}),
		requests: ({ seed, records }) => [
			{
				method: 'POST',
				path: '/email/reply',
				body: {
					thread_id: answered(seed).id,
					reply_html: REPLY_HTML,
					mode: 'personal',
					sender_user_id: records.users[1].user_id,
					to_name: 'Ann Lee',
					cc: 'bob@example.com, cy@example.com',
					from_email: 'leo@harborlightstudio.example',
					in_reply_to: seed.messages.filter(({ thread_id }) => thread_id === answered(seed).id)[0]
						.id,
					to_email: 'ann@example.com',
				},
			},
		],
		rows: ({ seed, now }) => [sentRow(answered(seed).id, newestLog(now).id)],
	},
	{
		name: 'email getCapabilities',
		parameters: () => ({ resource: 'email', operation: 'getCapabilities' }),
		requests: () => [{ method: 'GET', path: '/email/capabilities' }],
		rows: ({ records }) => [
			{
				authenticated_user: expect.objectContaining({ user_id: records.users[0].user_id }),
				company_mail: expect.objectContaining({ provider: 'gmail' }),
				personal_gmail_users: records.users,
			},
		],
	},
];

testGoldens(fixture, GOLDENS);

test('a reply goes to the sender of the latest inbound message, whatever the order of the messages', async () => {
	const { thread } = await fixture.control.receive({ fromEmail: 'first@example.com' });
	await fixture.control.advanceClock(60_000);
	await fixture.control.receive({ threadId: thread.id, fromEmail: 'second@example.com' });
	await fixture.control.advanceClock(60_000);
	await fixture.control.writeOutbound(thread.id, { toEmail: 'second@example.com' });
	await fixture.control.set({ messageOrder: 'newest' });
	await fixture.run({
		resource: 'email',
		operation: 'reply',
		threadId: byId(thread.id),
		replyHtml: REPLY_HTML,
	});
	expect((await fixture.control.outbox()).map(({ to }) => to)).toEqual(['second@example.com']);
});

const send = { resource: 'email', operation: 'send', ...MAIL };
const reply = () => ({
	resource: 'email',
	operation: 'reply',
	threadId: byId(fixture.seed.threads[0].id),
	replyHtml: REPLY_HTML,
	toEmail: MAIL.toEmail,
});

test("a second run of the workflow with the user's Idempotency Key does not send again", async () => {
	const parameters = { ...send, options: { idempotencyKey: 'welcome-1' } };
	const [first, second] = [await fixture.run(parameters), await fixture.run(parameters)];
	const [answer] = rows(first.items);
	expect(rows(second.items)).toEqual([{ ...answer, outcome: 'alreadySent' }]);
	expect(await fixture.control.outbox()).toHaveLength(1);
});

describe('outcomes', () => {
	test.each(['approval_id', 'id', 'data.approval_id'] as const)(
		'a send and a reply with a key that needs approval are queued, with the ID in %s',
		async (approvalBody) => {
			await fixture.control.set({ approvalBody });
			const apiKey = fixture.sandbox.keys.sendApproval;
			for (const parameters of [send, reply()]) {
				const before = (await fixture.control.snapshot()).approvals.map(({ id }) => id);
				const outcome = await fixture.run(parameters, {
					credential: fixture.credential({ apiKey }),
				});
				const { approvals } = await fixture.control.snapshot();
				const queued = approvals.filter(({ id }) => !before.includes(id));
				expect(queued).toHaveLength(1);
				expect(rows(outcome.items)).toEqual([
					expect.objectContaining({
						outcome: 'queuedForApproval',
						approval_id: queued[0].id,
						approval_url: 'https://app.trustpager.com/settings/api?tab=approvals',
					}),
				]);
			}
			expect(await fixture.control.outbox()).toEqual([]);
		},
	);

	test.each(['root', 'bare'] as const)(
		'a send is reported as sent, whatever its answer looks like (%s)',
		async (sendBody) => {
			await fixture.control.set({ sendBody });
			const outcome = await fixture.run(send);
			expect(rows(outcome.items)).toEqual([
				expect.objectContaining({ success: true, outcome: 'sent' }),
			]);
		},
	);

	test('422 EMAIL_LOG_FAILED is a success with a note, and the email is not sent again', async () => {
		const outcome = await fixture.run({ ...send, toEmail: 'log-failed@example.com' });
		const outbox = await fixture.control.outbox();
		expect(outbox).toHaveLength(1);
		expect(rows(outcome.items)).toEqual([
			{
				outcome: 'sentNotLogged',
				message_id: outbox[0].id,
				note: 'The email was sent, but TrustPager has no record of it. Do not send it again.',
			},
		]);
		expect(await fixture.requests()).toHaveLength(1);
	});
});
