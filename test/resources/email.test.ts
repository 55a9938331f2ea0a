import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';
import { expectGolden, type Golden } from './golden';

const bench = useSandbox();
const isSend = (path: string) => path === '/email/send' || path === '/email/reply';
const idOf = (row: IDataObject) => String(row.id);
const MAIL = { toEmail: 'ann@example.com', subject: 'Your quote', htmlBody: '<p>Hello “Ann”</p>' };
const REPLY_HTML = '<p>Thank you</p>';

/** What the sandbox answers about a mail that has just left. */
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
		name: 'email send, required values alone',
		isSend,
		parameters: () => ({ resource: 'email', operation: 'send', ...MAIL }),
		wire: () => [
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
		name: 'email send in company mode, every option',
		isSend,
		parameters: ({ seed, records }) => ({
			resource: 'email',
			operation: 'send',
			...MAIL,
			toEmail: ' ann@example.com ',
			mode: 'company',
			// Left over from personal mode, hidden now.
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
		wire: ({ seed, records }) => [
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
		wire: ({ records }) => [
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
		wire: ({ seed }) => {
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
		wire: ({ seed, records }) => [
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
		wire: () => [{ method: 'GET', path: '/email/capabilities' }],
		rows: ({ records }) => [
			{
				authenticated_user: expect.objectContaining({ user_id: records.users[0].user_id }),
				company_mail: expect.objectContaining({ provider: 'gmail' }),
				personal_gmail_users: records.users,
			},
		],
	},
];

test.each(GOLDENS)('$name', async (golden) => {
	await expectGolden(bench, golden);
});

test('the reply goes to the latest inbound message by date, whatever order the messages come in', async () => {
	const { thread } = await bench.control.receive({ fromEmail: 'first@example.com' });
	await bench.control.advanceClock(60_000);
	await bench.control.receive({ threadId: thread.id, fromEmail: 'second@example.com' });
	await bench.control.advanceClock(60_000);
	await bench.control.writeOutbound(thread.id, { toEmail: 'second@example.com' });
	await bench.control.set({ messageOrder: 'newest' });
	await bench.run({
		resource: 'email',
		operation: 'reply',
		threadId: byId(thread.id),
		replyHtml: REPLY_HTML,
	});
	expect((await bench.control.outbox()).map(({ to }) => to)).toEqual(['second@example.com']);
});

const send = { resource: 'email', operation: 'send', ...MAIL };

describe('Idempotency-Key', () => {
	const keys = async () =>
		(await bench.control.requests()).map(({ headers }) => headers['idempotency-key']);

	test("is the user's own where one is given", async () => {
		await bench.run(
			{ ...send, options: { idempotencyKey: '=welcome-{{ $json.id }}' } },
			{ items: [{ json: { id: 1 } }, { json: { id: 2 } }] },
		);
		expect((await keys()).sort()).toEqual(['welcome-1', 'welcome-2']);
	});

	test("keeps a second run of the workflow with the user's key from sending again", async () => {
		const parameters = { ...send, options: { idempotencyKey: 'welcome-1' } };
		const [first, second] = [await bench.run(parameters), await bench.run(parameters)];
		expect(rows(second.items)).toEqual(rows(first.items));
		expect(await bench.control.outbox()).toHaveLength(1);
	});

	test('is another for each item and each execution', async () => {
		const items = [{ json: {} }, { json: {} }];
		await bench.run(send, { items });
		await bench.run(send, { items });
		expect(new Set(await keys()).size).toBe(4);
		expect(await bench.control.outbox()).toHaveLength(4);
	});

	test('is the same when n8n repeats the node in one execution, and nothing is sent twice', async () => {
		const items = ['ann@example.com', 'bounce@example.com'].map((to) => ({ json: { to } }));
		await bench.control.addFault({ path: '/email/send', skip: 1, kind: 'status', status: 400 });
		const outcome = await bench.run(
			{ ...send, toEmail: '={{ $json.to }}' },
			{ items, settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toHaveLength(2);
		const outbox = await bench.control.outbox();
		expect(outbox.map(({ to }) => to).sort()).toEqual(items.map(({ json }) => json.to));
		expect(new Set(await keys()).size).toBe(2);
	});
});

describe('outcomes', () => {
	test.each(['approval_id', 'id', 'data.approval_id'] as const)(
		'a key that may only ask: queued, the id in %s',
		async (approvalBody) => {
			await bench.control.set({ approvalBody });
			const outcome = await bench.run(send, {
				credential: bench.credential(bench.sandbox.keys.sendApproval),
			});
			const { approvals } = await bench.control.snapshot();
			const made = approvals.filter(({ id }) => !bench.seed.approvals.some((old) => old.id === id));
			expect(made).toHaveLength(1);
			expect(rows(outcome.items)).toEqual([
				expect.objectContaining({
					outcome: 'queuedForApproval',
					approval_id: made[0].id,
					approval_url: expect.stringMatching(/^https:\/\/app\.trustpager\.com\/.*approvals$/),
				}),
			]);
			expect(await bench.control.outbox()).toEqual([]);
		},
	);

	test.each(['root', 'bare'] as const)(
		'sent, whatever the answer looks like (%s)',
		async (sendBody) => {
			await bench.control.set({ sendBody });
			const outcome = await bench.run(send);
			expect(rows(outcome.items)).toEqual([
				expect.objectContaining({ success: true, outcome: 'sent' }),
			]);
		},
	);

	test('422 EMAIL_LOG_FAILED is a success that says so, and is not sent again', async () => {
		const outcome = await bench.run({ ...send, toEmail: 'log-failed@example.com' });
		const outbox = await bench.control.outbox();
		expect(outbox).toHaveLength(1);
		expect(rows(outcome.items)).toEqual([
			{
				outcome: 'sentNotLogged',
				message_id: outbox[0].id,
				note: 'The email was sent, but TrustPager has no record of it. Do not send it again.',
			},
		]);
		expect(await bench.requests()).toHaveLength(1);
	});
});
