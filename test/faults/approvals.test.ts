/** Keys whose requests need approval: a 202 is neither a success nor a failure, whatever its body looks like. */
import { sleep } from 'n8n-workflow';

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

describe('an approval whose execution did not go well', () => {
	const parameters = { resource: 'approval', operation: 'approve', approvalId: byId(APPROVAL) };
	const TITLE = 'The request was approved, but TrustPager did not complete it';

	async function approve(body: object, more: object = {}) {
		raw.received.length = 0;
		raw.answer = (_request, response) =>
			json(response, 200, { approval_id: APPROVAL, status: 'approved', ...body });
		return await fixture.run(parameters, { credential: rawCredential(), ...more });
	}

	test.each([
		['flat', { error: 'NOT_CONNECTED', message: 'No mailbox' }],
		['an object', { error: { code: 'NOT_CONNECTED', message: 'No mailbox' } }],
		['in data', { data: { error: { code: 'NOT_CONNECTED', message: 'No mailbox' } } }],
	])('is an error with the reason: %s', async (_name, execution_result) => {
		const { error } = await approve({ execution_status: 422, execution_result });
		expect(error).toMatchObject({ message: TITLE, httpCode: '422' });
		expect(error?.description).toBe(
			'No mailbox. It cannot be approved again. Correct the request and submit it again. (NOT_CONNECTED, HTTP 422) [item 0]',
		);
	});

	test.each([
		['the status failed', { status: 'Failed', execution_result: 'No mailbox' }],
		['no words', { execution_status: '400', execution_result: null }],
		[
			'a success that says it has failed',
			{ execution_status: 200, execution_result: { success: false } },
		],
	])('is an error: %s', async (_name, body) => {
		const { error } = await approve(body);
		expect(error?.message).toBe(TITLE);
		expect(error?.description).toMatch(
			/^(No mailbox\. )?It cannot be approved again\. Correct the request and submit it again\.( \(HTTP \d+\))? \[item 0\]$/,
		);
	});

	test.each([
		[{ error: 'INTERNAL_ERROR' }, true],
		[{ error: 'EMAIL_DELIVERY_FAILED' }, false],
	])('a 500 with %j leaves open that it took effect: %s', async (execution_result, isOpen) => {
		const { error } = await approve({ execution_status: 500, execution_result });
		expect(error?.message).toBe(TITLE);
		expect(error?.description?.includes('It may have taken effect')).toBe(isOpen);
	});

	test('Retry On Fail gives the same error and approves once', async () => {
		const reason = `${'No mailbox '.repeat(300)}.`;
		const body = { execution_status: 422, execution_result: { error: reason, junk: reason } };
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const [once, retried] = [await approve(body), await approve(body, { settings })];
		expect(once.error?.message).toBe(TITLE);
		expect(retried.error?.message).toBe(TITLE);
		expect(retried.error?.description).toBe(once.error?.description);
		expect(raw.received).toHaveLength(1);
	});

	test('is reported as completed when the error of another item is shown', async () => {
		raw.answer = ({ url }, response) => {
			const decision = { status: 'failed', execution_status: 422 };
			if (url.includes(APPROVAL)) void sleep(100).then(() => json(response, 200, decision));
			else json(response, 404, { error: 'NOT_FOUND' });
		};
		const items = [{ json: { id: APPROVAL } }, { json: { id: 'another' } }];
		const outcome = await fixture.run(
			{ ...parameters, approvalId: byId('={{ $json.id }}') },
			{ credential: rawCredential(), items },
		);
		expect(outcome.error?.message).not.toBe(TITLE);
		expect(outcome.error?.description).toContain('Completed before the node stopped: item 0.');
	});

	test.each([
		['bare', { suppressed: true, reason: 'unsubscribed' }],
		['wrapped', { data: { status: 'blocked', reason: 'unsubscribed' } }],
	])('a suppressed email is an outcome: %s', async (_name, execution_result) => {
		const { items, error } = await approve({ execution_status: 200, execution_result });
		expect(error).toBeUndefined();
		expect(rows(items)).toMatchObject([
			{ outcome: 'suppressed', reason: 'unsubscribed', status: 'approved', execution_result },
		]);
	});

	test.each([
		['bare', { error: 'EMAIL_LOG_FAILED', message_id: 'm-1' }],
		['wrapped', { data: { error: { code: 'EMAIL_LOG_FAILED' }, message_id: 'm-1' } }],
	])('an email that was sent but not logged is no failure: %s', async (_name, execution_result) => {
		const { items, error } = await approve({ execution_status: 422, execution_result });
		expect(error).toBeUndefined();
		expect(rows(items)).toMatchObject([{ outcome: 'sentNotLogged', message_id: 'm-1' }]);
	});
});
