/** 'BCC' of Email: Send, which only newer servers take: the email goes to everybody or to nobody. */
import { useSandbox } from '../engine/sandboxFixture';
import { runNode } from '../engine/engine';
import type { RawServer } from '../faults/rawServer';
import { json, startRawServer } from '../faults/rawServer';

const BODY = { to_email: 'ann@example.com', subject: 'Your quote', html_body: '<p>Hello</p>' };
const send = (bcc: unknown) => ({
	resource: 'email',
	operation: 'send',
	toEmail: 'ann@example.com',
	subject: 'Your quote',
	htmlBody: '<p>Hello</p>',
	options: { cc: '', bcc: bcc as string },
});

describe.each(['generated', 'stranger'] as const)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	test.each([
		['bob@example.com', ['bob@example.com']],
		[
			'Bob <bob@example.com>; cy@example.com, BOB@example.com',
			['bob@example.com', 'cy@example.com'],
		],
		['={{ ["bob@example.com"] }}', ['bob@example.com']],
	])('sends %j', async (given, bcc) => {
		const { error } = await fixture.run(send(given));
		expect(error).toBeUndefined();
		const [{ path, body }, ...more] = await fixture.requests();
		expect([path, body, more]).toEqual(['/email/send', { ...BODY, bcc }, []]);
		expect((await fixture.control.outbox())[0]).toMatchObject({ bcc: bcc.join(', ') });
	});

	test.each(['', '={{ undefined }}'])('sends nothing of the kind for %j', async (given) => {
		const { error } = await fixture.run(send(given));
		expect(error).toBeUndefined();
		expect((await fixture.requests())[0].body).toEqual(BODY);
	});
});

describe('an older server', () => {
	const fixture = useSandbox('2026-05');

	test('refuses the email, which is not sent without its BCC', async () => {
		const { error } = await fixture.run(send('bob@example.com'));
		expect(error?.message).toBe(
			'This TrustPager server does not take BCC, so the email was not sent',
		);
		expect(error?.description).toContain('Nothing was sent.');
		expect(await fixture.requests()).toHaveLength(1);
		expect(await fixture.control.outbox()).toEqual([]);
	});
});

describe('a refusal', () => {
	let server: RawServer;
	beforeAll(async () => (server = await startRawServer()));
	afterAll(async () => await server.close());

	test.each([
		['of the field', "'bcc' must not be there", 422, true],
		['of one of its addresses', 'bcc[0] is not an email address', 400, false],
		['of something else', 'subject is too long', 400, false],
		['by the scope', 'the key may not use bcc', 403, false],
	])('%s', async (_name, message, status, isAboutBcc) => {
		server.answer = (_request, response) =>
			json(response, status, { error: { code: 'VALIDATION_ERROR', message } });
		const { error } = await runNode({
			parameters: send('bob@example.com'),
			credential: { apiKey: `bcc ${message}`, baseUrl: server.url, requestsPerMinute: 1e6 },
		});
		expect(error?.message.includes('does not take BCC')).toBe(isAboutBcc);
		expect(`${error?.message} ${error?.description}`).toContain(message);
	});
});
