/** Keys whose requests need approval: a 202 is neither a success nor a failure, whatever its body looks like. */
import { rows } from '../engine/engine';
import type { RawServer } from './rawServer';
import { json, startRawServer } from './rawServer';
import { useFaultFixture } from './faultFixture';

const fixture = useFaultFixture();
const URL = 'https://app.trustpager.com/settings/api?tab=approvals';
let raw: RawServer;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());

const rawCredential = () => fixture.credential({ baseUrl: raw.url, apiKey: `raw-${fixture.to}` });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const APPROVAL = '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d';

test('a 202 without an ID is still reported as queued for approval', async () => {
	raw.answer = (_request, response) => json(response, 202, {});
	const outcome = await fixture.run(fixture.send(), { credential: rawCredential() });
	expect(rows(outcome.items)).toEqual([
		{ outcome: 'queuedForApproval', approval_id: null, approval_url: URL },
	]);
});

test.each([
	['an update', { resource: 'thread', operation: 'update', updateFields: { isRead: true } }],
	['a creation', { resource: 'config', operation: 'create' }],
	['a deletion', { resource: 'config', operation: 'delete', configId: byId(APPROVAL) }],
])('%s that is queued is not reported as done', async (_name, parameters) => {
	raw.answer = (_request, response) => json(response, 202, { approval_id: APPROVAL });
	const required = {
		threadId: byId(APPROVAL),
		fromEmailHandle: 'ann',
		fromName: 'Ann',
		staffEmail: 'ann@example.com',
	};
	const outcome = await fixture.run(
		{ ...required, ...parameters },
		{ credential: rawCredential() },
	);
	expect(rows(outcome.items)).toMatchObject([
		{ outcome: 'queuedForApproval', approval_id: APPROVAL, approval_url: URL },
	]);
	expect(outcome.items[0].json.deleted).not.toBe(true);
});

describe.each(['get', 'approve', 'reject'])('approval: %s', (operation) => {
	const parameters = { resource: 'approval', operation, approvalId: byId(APPROVAL) };
	const row = { approval_id: APPROVAL, status: 'on_the_moon', error: null };

	test.each([
		['in data', { data: row, meta: { url: 'x' } }],
		['at the root', { ...row, meta: { url: 'x' } }],
	])('reads data %s and keeps an unknown status', async (_name, body) => {
		raw.answer = (_request, response) => json(response, 200, body);
		const outcome = await fixture.run(parameters, { credential: rawCredential() });
		expect(rows(outcome.items)).toEqual([
			{ approval_id: APPROVAL, status: 'on_the_moon', api_error: null },
		]);
	});

	test.each([
		[
			'required_scopes',
			{ code: 'INSUFFICIENT_SCOPE', message: 'No.', required_scopes: ['approvals:write'] },
		],
		['the message', { code: 'INSUFFICIENT_SCOPE', message: 'Needs approvals:write' }],
	])('a 403 names the missing scope, read from %s', async (_name, error) => {
		raw.answer = (_request, response) => json(response, 403, { error });
		const outcome = await fixture.run(parameters, { credential: rawCredential() });
		const { message, description } = outcome.error ?? {};
		expect(`${message} ${description}`).toContain('approvals:write');
		expect(description).toContain('Settings › API Keys');
	});
});

test('a decision with an unknown outcome is not repeated by Retry On Fail', async () => {
	raw.received.length = 0;
	raw.answer = (_request, response) => response.socket?.destroy();
	const outcome = await fixture.run(
		{ resource: 'approval', operation: 'approve', approvalId: byId(APPROVAL) },
		{ credential: rawCredential(), settings: { retryOnFail: true, waitBetweenTries: 1 } },
	);
	expect(outcome.error?.message).toBe('It is unknown whether TrustPager has completed this');
	expect(raw.received).toHaveLength(1);
});
