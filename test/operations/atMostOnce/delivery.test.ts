/** A 2xx is not "sent" on its own: what the body of a success says about the email, on n8n's real engine. */
import type { IDataObject } from 'n8n-workflow';

import { RunHints } from '../../../nodes/TrustPager/execution/runHints';
import type { Item } from '../../../nodes/TrustPager/parameters/item';
import { rows } from '../../engine/engine';
import { useFaultFixture } from '../../faults/faultFixture';
import type { RawServer } from '../../faults/rawServer';
import { json, startRawServer } from '../../faults/rawServer';

const fixture = useFaultFixture();
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const URL = 'https://app.trustpager.com/settings/api?tab=approvals';
let raw: RawServer;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());
beforeEach(() => (raw.received.length = 0));

const credential = () => fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` });
const lines = () => raw.received.map(({ method, url }) => `${method} ${url}`);

async function send(body: unknown, parameters: IDataObject = {}, more: object = {}) {
	raw.answer = (_request, response) => json(response, 200, body);
	return await fixture.run(fixture.send(parameters), { credential: credential(), ...more });
}

describe('suppressed: an outcome, not an error', () => {
	test.each([
		['suppressed in data', { data: { suppressed: true, reason: 'unsubscribed' } }],
		['suppressed at the root', { suppressed: true, reason: 'unsubscribed' }],
		['the status in data', { data: { status: 'suppressed', message: 'unsubscribed' } }],
		['the status at the root', { status: 'Skipped', error: 'unsubscribed' }],
		['the status in capitals', { data: { status: 'BLOCKED' }, reason: 'unsubscribed' }],
		[
			'also a failure',
			{ success: false, data: { suppressed: true }, error: { message: 'unsubscribed' } },
		],
	])('%s', async (_name, body) => {
		const outcome = await send(body);
		expect(outcome.error).toBeUndefined();
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'suppressed', reason: 'unsubscribed' }]);
		expect(lines()).toEqual(['POST /email/send']);
	});

	test('the reason is null when the server gives none, its code when it gives only that', async () => {
		const bare = await send({ data: { suppressed: true, id: '1' } });
		expect(rows(bare.items)).toEqual([
			{ outcome: 'suppressed', suppressed: true, id: '1', reason: null },
		]);
		const coded = await send({ suppressed: true, error: 'OPTED_OUT' }, { subject: 'Other' });
		expect(rows(coded.items)).toMatchObject([{ reason: 'OPTED_OUT', api_error: 'OPTED_OUT' }]);
	});

	test('a reply', async () => {
		raw.answer = (_request, response) => json(response, 200, { status: 'suppressed' });
		const outcome = await fixture.run(fixture.reply(), { credential: credential() });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'suppressed', reason: null }]);
	});

	test('is answered from the ledger when n8n repeats the node', async () => {
		raw.answer = (request, response) =>
			request.body.includes('refused-')
				? json(response, 422, { error: 'VALIDATION_ERROR' })
				: json(response, 200, { suppressed: true });
		const items = [{ json: { to: fixture.to } }, { json: { to: `refused-${fixture.to}` } }];
		const outcome = await fixture.run(fixture.send({ toEmail: '={{ $json.to }}' }), {
			credential: credential(),
			items,
			settings: RETRY,
		});
		expect(outcome.status).toBe('error');
		const suppressed = raw.received.filter(({ body }) => !body.includes('refused-'));
		expect(suppressed).toHaveLength(1);
	});

	test('never counts as a sent email that looks the same', async () => {
		let sends = 0;
		raw.answer = ({ method }, response) => {
			const row = {
				id: `log-${fixture.to}`,
				status: 'sent',
				recipient_email: fixture.to,
				subject: 'Your quote',
				created_at: new Date().toISOString(),
			};
			if (method === 'GET') json(response, 200, { data: [row] });
			else if (sends++ === 0) json(response, 200, { suppressed: true });
			else response.socket?.destroy();
		};
		await fixture.run(fixture.send(), { credential: credential() });
		const outcome = await fixture.run(fixture.send(), { credential: credential() });
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
	});

	test('says nothing about a first try whose answer was lost', async () => {
		let sends = 0;
		raw.answer = ({ method }, response) => {
			if (method === 'GET') json(response, 200, { data: [] });
			else if (sends++ === 0) response.socket?.destroy();
			else json(response, 200, { suppressed: true });
		};
		const outcome = await fixture.run(fixture.send({ options: { resendOnce: true } }), {
			credential: credential(),
		});
		expect(sends).toBe(2);
		expect(outcome.error?.message).toMatch(/^It is unknown whether the email/);
	});

	test.each([
		[1, ['1 recipient is suppressed and got no email.']],
		[2, ['2 recipients are suppressed and got no email.']],
		[0, []],
	])('a hint after the run, once: %d', (count, messages) => {
		const hints = new RunHints();
		const item = {
			leftOut: new Set(),
			notes: new Set(),
			ignoredFilters: new Map(),
		} as unknown as Item;
		for (let n = 0; n < count; n++) hints.addFrom(item, [{ outcome: 'suppressed' }]);
		hints.addFrom(item, [{ outcome: 'sent' }]);
		const addExecutionHints = jest.fn();
		hints.show({ addExecutionHints } as never);
		const shown = addExecutionHints.mock.calls.flat() as Array<{ message: string }>;
		expect(shown.map(({ message }) => message)).toEqual(messages);
	});
});

describe('failed: an error, and safe to send again', () => {
	test.each([
		['success: false', { success: false, message: 'No mailbox' }],
		['success: false in data', { data: { success: false, error: 'No mailbox' } }],
		['the status at the root', { status: 'FAILED', error: { message: 'No mailbox' } }],
		['the status in data', { data: { status: 'failed', reason: 'No mailbox' } }],
	])('%s', async (_name, body) => {
		const outcome = await send(body);
		expect(outcome.error?.message).toBe('No mailbox');
		expect(outcome.error?.description).toMatch(/^Nothing was sent, so it is safe to send it again/);
		expect(lines()).toEqual(['POST /email/send']);
	});

	test('without words of the server', async () => {
		const outcome = await send({ success: false, code: 'PROVIDER_DOWN' });
		expect(outcome.error?.message).toBe('TrustPager did not send the email');
		expect(outcome.error?.description).toContain('(PROVIDER_DOWN, HTTP 200)');
	});

	test('Retry On Fail sends again', async () => {
		let sends = 0;
		raw.answer = (_request, response) =>
			json(response, 200, sends++ === 0 ? { success: false } : { data: { id: '1' } });
		const outcome = await fixture.run(fixture.send(), {
			credential: credential(),
			settings: RETRY,
		});
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'sent', id: '1' }]);
		expect(sends).toBe(2);
	});

	test("the user's own key is free again", async () => {
		const options = { idempotencyKey: `own-${fixture.to}` };
		await send({ success: false }, { options });
		const other = await send({ data: { id: '1' } }, { options, subject: 'Corrected' });
		expect(other.error).toBeUndefined();
		expect(rows(other.items)).toMatchObject([{ outcome: 'sent' }]);
	});
});

test.each([
	['in data', { data: { approval_id: 'a-1', status: 'pending' } }],
	['at the root', { approval_id: 'a-1' }],
])('a 200 with a pending approval is queued: %s', async (_name, body) => {
	const outcome = await send(body);
	expect(rows(outcome.items)).toMatchObject([
		{ outcome: 'queuedForApproval', approval_id: 'a-1', approval_url: URL },
	]);
});

test.each([
	['an approval that was decided', { data: { approval_id: 'a-1', status: 'executed' } }],
	['an unknown status', { data: { status: 'accepted' } }],
	['an approval without an ID', { data: { approval_id: null, status: 'pending' } }],
	['a list', [{ status: 'failed' }]],
])('anything else that can be read is sent: %s', async (_name, body) => {
	expect(rows((await send(body)).items)).toMatchObject([{ outcome: 'sent' }]);
});
