/** `cc` as text or as a list, whichever the server takes, on n8n's real engine; and never a second email because of it. */
import type { IDataObject } from 'n8n-workflow';

import { namesField } from '../../../nodes/TrustPager/operations/atMostOnce/refusedField';
import { rows } from '../../engine/engine';
import { useFaultFixture } from '../../faults/faultFixture';
import type { RawServer, ReceivedRequest } from '../../faults/rawServer';
import { json, startRawServer } from '../../faults/rawServer';

const fixture = useFaultFixture();
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const TEXT = 'ann@example.com, bob@example.com';
const LIST = ['ann@example.com', 'bob@example.com'];
const CC = { cc: 'ann@example.com; bob@example.com' };
const refusal = (want: string) => ({
	error: { code: 'VALIDATION_ERROR', message: `cc must be ${want}` },
});
const SENT = { data: { id: 'e1' } };

let raw: RawServer;
let workspace = 0;
beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());
beforeEach(() => {
	raw.received.length = 0;
	workspace++;
});

interface Sent {
	body: IDataObject;
	key: unknown;
}
const mailOf = ({ body, headers }: ReceivedRequest): Sent => ({
	body: JSON.parse(body) as IDataObject,
	key: headers['idempotency-key'],
});
const posts = () => raw.received.filter(({ method }) => method === 'POST').map(mailOf);
const forms = () => posts().map(({ body }) => body.cc);
const keys = () => posts().map(({ key }) => key);

type Answer = [status: number, body: unknown] | 'lost';

/** Answers each POST by its `cc`, and the send log with these rows. */
function serve(
	answer: (mail: Sent, number: number) => Answer,
	log: () => IDataObject[] = () => [],
) {
	let number = 0;
	raw.answer = (request, response) => {
		if (request.method === 'GET') return json(response, 200, { data: log() });
		const given = answer(mailOf(request), number++);
		if (given === 'lost') response.socket?.destroy();
		else json(response, ...given);
	};
}

const takesList = ({ body }: Sent): Answer =>
	Array.isArray(body.cc) ? [200, SENT] : [400, refusal('an array')];
const takesText = ({ body }: Sent): Answer =>
	Array.isArray(body.cc) ? [422, refusal('a comma-separated string')] : [200, SENT];

const credential = () => fixture.credential({ baseUrl: raw.url, apiKey: `cc-${workspace}` });
const run = async (parameters: IDataObject, more: object = {}) =>
	await fixture.run(parameters, { credential: credential(), ...more });
const send = async (options: IDataObject = CC, more: object = {}) =>
	await run(fixture.send({ options }), more);

describe.each([
	['Send', () => fixture.send({ options: CC })],
	['Reply', () => fixture.reply({ options: CC })],
] as const)('%s', (_name, parameters) => {
	test('goes out as text where the server takes text', async () => {
		serve(takesText);
		expect(rows((await run(parameters())).items)).toMatchObject([{ outcome: 'sent' }]);
		expect(forms()).toEqual([TEXT]);
	});

	test('goes out as a list after a refusal, under the same key; then as a list at once', async () => {
		serve(takesList);
		expect(rows((await run(parameters())).items)).toMatchObject([{ outcome: 'sent' }]);
		expect(forms()).toEqual([TEXT, LIST]);
		expect(new Set(keys()).size).toBe(1);
		await run(parameters());
		expect(forms()).toEqual([TEXT, LIST, LIST]);
	});

	test('goes back to text on a server that has changed', async () => {
		serve(takesList);
		await run(parameters());
		serve(takesText);
		expect(rows((await run(parameters())).items)).toMatchObject([{ outcome: 'sent' }]);
		await run(parameters());
		expect(forms()).toEqual([TEXT, LIST, LIST, TEXT, TEXT]);
	});

	test('is remembered for one workspace only', async () => {
		serve(takesList);
		await run(parameters());
		workspace++;
		await run(parameters());
		expect(forms()).toEqual([TEXT, LIST, TEXT, LIST]);
	});
});

test('files are joined to the second form too', async () => {
	serve(takesList);
	const items = [
		{
			json: {},
			binary: { data: { data: Buffer.from('Hi').toString('base64'), mimeType: 'text/plain' } },
		},
	];
	const outcome = await send({ ...CC, attachmentFields: 'data' }, { items });
	expect(outcome.error).toBeUndefined();
	expect(posts().map(({ body }) => body)).toMatchObject(
		[TEXT, LIST].map((cc) => ({ cc, attachments: [{ content: 'SGk=' }] })),
	);
});

test('an email without CC is never sent in another form', async () => {
	serve(() => [400, refusal('an array')]);
	expect((await send({})).error?.message).toBe('cc must be an array');
	expect(forms()).toEqual([undefined]);
});

describe('a refusal', () => {
	test.each<[string, Answer]>([
		['of something else', [400, { error: { message: 'subject is too long' } }]],
		['of BCC', [422, { error: { message: 'bcc must be an array' } }]],
		['of one entry', [400, { error: { message: 'cc[1] is not an address' } }]],
		['with another status', [403, refusal('allowed')]],
		['of a gateway', [400, '<html><body>cc</body></html>']],
		['of the delivery', [422, { error: 'EMAIL_DELIVERY_FAILED', message: 'cc bounced' }]],
	])('%s is shown at once', async (_name, answer) => {
		serve(() => answer);
		expect((await send()).error).toBeDefined();
		expect(forms()).toEqual([TEXT]);
	});

	test('of both forms: the first is shown, and nothing is remembered', async () => {
		serve(({ body }) => [400, refusal(Array.isArray(body.cc) ? 'text' : 'a list')]);
		expect((await send()).error?.message).toBe('cc must be a list');
		await send();
		expect(forms()).toEqual([TEXT, LIST, TEXT, LIST]);
	});

	test('of the second form that is about something else is shown', async () => {
		serve(({ body }) =>
			Array.isArray(body.cc)
				? [403, { error: { message: 'No credits' } }]
				: [400, refusal('a list')],
		);
		expect((await send()).error?.message).toBe('No credits');
		expect(forms()).toEqual([TEXT, LIST]);
	});

	test("frees the user's own key, also when both forms are refused", async () => {
		const options = { ...CC, idempotencyKey: `own-${fixture.to}` };
		serve(({ body }) => [400, refusal(Array.isArray(body.cc) ? 'text' : 'a list')]);
		await send(options);
		serve(takesList);
		const other = await run(fixture.send({ subject: 'Corrected', options }));
		expect(rows(other.items)).toMatchObject([{ outcome: 'sent' }]);
	});
});

describe('a success in the second form', () => {
	test.each<[string, Answer, IDataObject]>([
		['queued', [202, { approval_id: 'a1' }], { outcome: 'queuedForApproval' }],
		['suppressed', [200, { suppressed: true }], { outcome: 'suppressed' }],
		[
			'sent but not logged, whatever it says of CC',
			[422, { error: 'EMAIL_LOG_FAILED', message: 'cc not logged', message_id: 'p1' }],
			{ outcome: 'sentNotLogged' },
		],
	])('%s', async (_name, answer, row) => {
		serve(({ body }) => (Array.isArray(body.cc) ? answer : [400, refusal('a list')]));
		expect(rows((await send()).items)).toMatchObject([row]);
		expect(forms()).toEqual([TEXT, LIST]);
	});

	test('the first form sent but not logged is sent, and not in another form', async () => {
		serve(() => [422, { error: 'EMAIL_LOG_FAILED', message: 'cc must be a list' }]);
		expect(rows((await send()).items)).toMatchObject([{ outcome: 'sentNotLogged' }]);
		serve(() => [422, { error: { message: 'cc must be a list' }, message_id: 'p1' }]);
		await send();
		expect(forms()).toEqual([TEXT, TEXT]);
	});
});

describe('an ambiguous second form', () => {
	const losesList = ({ body }: Sent): Answer =>
		Array.isArray(body.cc) ? 'lost' : [400, refusal('a list')];
	const row = () => ({
		id: `log-${fixture.to}`,
		status: 'sent',
		recipient_email: fixture.to,
		subject: 'Your quote',
		created_at: new Date().toISOString(),
	});

	test('is looked up in the send log', async () => {
		serve(losesList, () => [row()]);
		const outcome = await send();
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
	});

	test('is not sent again by Retry On Fail', async () => {
		serve(losesList);
		const outcome = await send(CC, { settings: RETRY });
		expect(outcome.error?.message).toMatch(/^It is unknown whether the email/);
		expect(forms()).toEqual([TEXT, LIST]);
	});

	test("is repeated by 'Resend if Outcome Unknown' in its own form and under its own key", async () => {
		let lost = 0;
		serve((mail) => {
			if (!Array.isArray(mail.body.cc)) return [400, refusal('a list')];
			return lost++ === 0 ? 'lost' : [200, SENT];
		});
		const outcome = await send({ ...CC, resendOnce: true });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent' }]);
		expect(forms()).toEqual([TEXT, LIST, LIST]);
		expect(new Set(keys()).size).toBe(1);
	});

	test("'Resend if Outcome Unknown' tries no other form", async () => {
		serve((_mail, number) => (number === 0 ? 'lost' : [400, refusal('a list')]));
		const outcome = await send({ ...CC, resendOnce: true });
		expect(outcome.error?.message).toMatch(/^It is unknown whether the email/);
		expect(forms()).toEqual([TEXT, TEXT]);
	});
});

/** Answers a key that it has seen as it did before, whatever the request: refusals too. */
function keeps(answer: (mail: Sent) => Answer): { serve: () => void; sent: () => number } {
	const kept = new Map<unknown, Answer>();
	let sent = 0;
	return {
		sent: () => sent,
		serve: () =>
			serve((mail) => {
				const given = kept.get(mail.key) ?? answer(mail);
				if (!kept.has(mail.key) && given !== 'lost' && given[0] === 200) sent++;
				kept.set(mail.key, given);
				return given;
			}),
	};
}

describe('a server that keeps refusals under the key', () => {
	const own = () => ({ ...CC, idempotencyKey: `own-${fixture.to}` });

	test.each([
		['a key of the node', () => CC],
		["the user's own key", own],
	])('gets the list under a second key: %s', async (_name, options) => {
		const server = keeps(takesList);
		server.serve();
		expect(rows((await send(options())).items)).toMatchObject([{ outcome: 'sent' }]);
		expect(forms()).toEqual([TEXT, LIST, LIST]);
		const [first, second, third] = keys();
		expect(second).toBe(first);
		expect(third).toMatch(/^n8n-cc-[0-9a-f]{40}$/);
		expect(server.sent()).toBe(1);
	});

	test.each([
		['a process that remembers the first send', false, 'alreadySent'],
		['one that does not', true, 'sent'],
	])("sends once under the user's own key, in %s", async (_name, isForgetful, outcome) => {
		const server = keeps(takesList);
		server.serve();
		await send(own());
		// Another workspace to the node, the same server: what another process would do.
		if (isForgetful) workspace++;
		const again = await send(own());
		expect(rows(again.items)).toMatchObject([{ outcome }]);
		expect(server.sent()).toBe(1);
		expect(new Set(keys()).size).toBe(2);
	});

	test('that refuses both forms: the first refusal is shown after three requests', async () => {
		const server = keeps(() => [400, refusal('an address')]);
		server.serve();
		expect((await send()).error?.message).toBe('cc must be an address');
		expect(forms()).toEqual([TEXT, LIST, LIST]);
	});
});

describe('the name of a field in an answer', () => {
	test.each<unknown>([
		'cc must be an array',
		{ message: "'cc' must be an array" },
		{ error: { message: 'Expected array', fix: 'Send CC as a list' } },
		{ error: { details: { field: 'cc' } } },
		{ error: 'VALIDATION_ERROR', details: [{ path: ['cc'], message: 'Expected array' }] },
		{ issues: [{ path: ['body', 'cc'] }] },
		{ errors: [{ pointer: '/cc' }] },
		{ message: 'body.cc: Expected string, received array' },
		{ fieldErrors: { cc: ['Expected array'] } },
		{ fieldErrors: { 'body.cc': ['Expected array'] } },
		{ message: 'bcc and cc must be arrays' },
		{ message: 'cc: "ann@example.com" is not a list' },
		[{ message: 'cc is no list' }],
	])('is in %j', (body) => {
		expect(namesField(body, 'cc')).toBe(true);
	});

	test.each<unknown>([
		'bcc must be an array',
		'the account is closed',
		'cc_list must be an array',
		'cc2 is unknown',
		'ann@example.cc is not valid',
		'see https://docs.example.cc/cc',
		'<html>cc</html>',
		'cc[0] is not an address',
		{ message: 'cc.0: Invalid email' },
		{ path: ['cc', 0], message: 'Invalid email' },
		{ fieldErrors: { cc: [] }, received: { cc: null } },
		{ message: '', code: 400, cc: undefined },
		null,
		undefined,
		400,
	])('is not in %j', (body) => {
		expect(namesField(body, 'cc')).toBe(false);
	});

	test('is not searched for endlessly', () => {
		let body: unknown = 'cc';
		for (let depth = 0; depth < 100; depth++) body = [body];
		expect(namesField(body, 'cc')).toBe(false);
	});
});
