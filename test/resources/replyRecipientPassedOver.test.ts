import type { Fault, InboundMail } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import {
	ANN,
	ann,
	BOUNCES,
	capabilityReads,
	from,
	old,
	OWN,
	recipientIn,
	recipientOf,
	refused,
	reply,
	threadOf,
} from './replyThread';

const fixture = useSandbox();

describe('bounces', () => {
	test.each(BOUNCES)('are passed over: %s', async (_form, mail) => {
		expect(await recipientOf(fixture, old, ann, mail, mail)).toBe(ANN);
	});

	test.each(BOUNCES)('are never answered where there is nothing else: %s', async (_form, mail) => {
		expect(await recipientOf(fixture, mail)).toBe(
			refused('the thread has only delivery failures to reply to'),
		);
	});

	test.each<[string, InboundMail]>([
		['with the subject of one', { fromEmail: ANN, subject: 'Undelivered Mail Returned to Sender' }],
		['who is named like one', { fromEmail: 'daemon@example.com', fromName: 'Pat Postmaster' }],
		['whose address holds the word', { fromEmail: 'the-postmaster@example.com' }],
		['whose return path is not empty', { fromEmail: ANN, row: { return_path: `<${ANN}>` } }],
		['who is automatic', { fromEmail: 'no-reply@x.example', subject: 'Delivery on Monday' }],
	])('are not confused with a person %s', async (_form, mail) => {
		const { fromEmail } = mail;
		expect(await recipientOf(fixture, old, mail)).toBe(fromEmail);
	});

	test.each([
		'Undeliverable: Your quote',
		'Delivery Status Notification (Failure)',
		'Delivery has failed to these recipients',
		'Delivery delayed: Your quote',
		'Mail delivery failed: returning message to sender',
		'Returned mail: see transcript for details',
		'failure notice',
		'Message blocked',
	])('are known by the subject of an automatic sender: %s', async (subject) => {
		expect(await recipientOf(fixture, ann, { fromEmail: 'no-reply@mx.example', subject })).toBe(
			ANN,
		);
	});

	test('do not make an older sender that cannot be read one to pass over, too', async () => {
		expect(await recipientOf(fixture, ann, from(null), BOUNCES[0][1])).toBe(
			refused('the latest inbound message, apart from delivery failures, has no readable sender'),
		);
	});
});

const OURS = "the thread has only messages from this workspace's own addresses to reply to";

describe('our own addresses', () => {
	test.each([
		['the owner of the key', OWN],
		['an alias of a user, in capitals', 'HELLO@HarborLightStudio.example'],
		['another user with Gmail', 'leo@harborlightstudio.example'],
	])('are passed over: %s', async (_whose, own) => {
		expect(await recipientOf(fixture, old, ann, { fromEmail: own })).toBe(ANN);
	});

	test.each([
		['authenticated_user', { authenticated_user: { email: 'Me@ours.example' } }],
		['company_mail', { company_mail: { gmail_email: 'me@ours.example' } }],
		['its aliases', { company_mail: { send_as_aliases: [{ email: 'me@ours.example' }] } }],
		['a user', { personal_gmail_users: [{ email: 'me@ours.example' }] }],
		['the Gmail of a user', { personal_gmail_users: [{ gmail_address: 'me@ours.example' }] }],
		['aliases', { personal_gmail_users: [{ send_as_aliases: [{ email: 'me@ours.example' }] }] }],
		['aliases as text', { personal_gmail_users: [{ send_as_aliases: ['me@ours.example'] }] }],
	])('are read from every place of capabilities: %s', async (_place, data) => {
		await fixture.control.addFault({ path: '/email/capabilities', kind: 'body', body: { data } });
		expect(await recipientOf(fixture, ann, { fromEmail: 'me@ours.example' })).toBe(ANN);
	});

	test('are never answered where there is nothing else', async () => {
		expect(await recipientOf(fixture, { fromEmail: OWN })).toBe(refused(OURS));
	});

	test('and bounces alone are refused with both reasons', async () => {
		expect(await recipientOf(fixture, BOUNCES[0][1], { fromEmail: OWN })).toBe(
			refused(
				"the thread has only messages from this workspace's own addresses and delivery failures to reply to",
			),
		);
	});

	test('do not include a tagged one, as people use for tests', async () => {
		expect(await recipientOf(fixture, { fromEmail: 'mia+ann@harborlightstudio.example' })).toBe(
			'mia+ann@harborlightstudio.example',
		);
	});

	test('include the senders of the outbound messages, for which no request is needed', async () => {
		const studio = 'studio@mail.trustpager.net';
		const threadId = await threadOf(fixture, { fromEmail: studio.toUpperCase() });
		await fixture.control.writeOutbound(threadId, { fromEmail: studio });
		expect(await recipientIn(fixture, threadId)).toBe(refused(OURS));
		expect(await capabilityReads(fixture)).toBe(0);
	});

	test('cost no request in a thread without anybody to answer', async () => {
		await recipientOf(fixture, BOUNCES[0][1], from(null));
		expect(await capabilityReads(fixture)).toBe(0);
	});

	test('cost one request per run, whatever the number of items', async () => {
		const threads = await fixture.control.addThreads(5);
		const items = threads.map((id) => ({ json: { id } }));
		const outcome = await fixture.run(reply('={{ $json.id }}'), { items });
		expect(outcome.items).toHaveLength(5);
		expect(await capabilityReads(fixture)).toBe(1);
		await fixture.run(reply(threads[0]));
		expect(await capabilityReads(fixture)).toBe(2);
	});

	test.each<[string, Fault]>([
		['the key may not read them', { kind: 'status', status: 403, code: 'INSUFFICIENT_SCOPE' }],
		['the server has no such list', { kind: 'status', status: 404 }],
	])('need not be known: a reply is possible where %s', async (_why, fault) => {
		await fixture.control.addFault({ ...fault, path: '/email/capabilities', times: null });
		expect(await recipientOf(fixture, ann)).toBe(ANN);
	});

	test('that cannot be read for another reason fail each item in its own name; nothing is sent', async () => {
		await fixture.control.addFault({
			path: '/email/capabilities',
			kind: 'status',
			status: 400,
			message: 'Try later',
			times: null,
		});
		const items = (await fixture.control.addThreads(2)).map((id) => ({ json: { id } }));
		const settings = { onError: 'continueErrorOutput' as const };
		const { items: sent, failed } = await fixture.run(reply('={{ $json.id }}'), {
			items,
			settings,
		});
		expect(sent).toEqual([]);
		expect(failed.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(/^Try later[^]*\[item 0\]/),
			expect.stringMatching(/^Try later[^]*\[item 1\]/),
		]);
		expect(await fixture.control.outbox()).toEqual([]);
	});
});
