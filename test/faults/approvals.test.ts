/** Keys that may only ask: 202 in each of its bodies is neither a mail nor a failure, and is told with where people decide. */
import { rows } from '../engine/engine';
import type { RawServer } from './rawServer';
import { json, startRawServer } from './rawServer';
import { useRange } from './faultFixture';

const range = useRange();
const URL = 'https://app.trustpager.com/settings/api?tab=approvals';
let raw: RawServer;

beforeAll(async () => (raw = await startRawServer()));
afterAll(async () => await raw.close());

const rawCredential = () => range.credential({ baseUrl: raw.url, apiKey: `raw-${range.to}` });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const APPROVAL = '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d';

test.each(['approval_id', 'id', 'data.approval_id'] as const)(
	'a send and a reply with the id as %s; n8n repeating the node asks once',
	async (approvalBody) => {
		await range.control.set({ approvalBody, idempotency: 'ignored' });
		const credential = range.credential({ apiKey: range.sandbox.keys.sendApproval });
		const queued = (await range.control.snapshot()).approvals.length;
		for (const parameters of [range.send(), range.reply()]) {
			const outcome = await range.run(parameters, { credential, settings: { retryOnFail: true } });
			const [approval] = (await range.control.snapshot()).approvals;
			expect(rows(outcome.items)).toMatchObject([
				{ outcome: 'queuedForApproval', approval_id: approval.id, approval_url: URL },
			]);
		}
		expect((await range.control.snapshot()).approvals.length - queued).toBe(2);
		expect(await range.mails()).toBe(0);
	},
);

test('a 202 without any id still says that a person decides', async () => {
	raw.answer = (_request, response) => json(response, 202, {});
	const outcome = await range.run(range.send(), { credential: rawCredential() });
	expect(rows(outcome.items)).toEqual([
		{ outcome: 'queuedForApproval', approval_id: null, approval_url: URL },
	]);
});

test.each([
	['an update', { resource: 'thread', operation: 'update', updateFields: { isRead: true } }],
	['a creation', { resource: 'config', operation: 'create' }],
	['a deletion', { resource: 'config', operation: 'delete', configId: byId(APPROVAL) }],
])('%s that is queued is not told as done', async (_name, parameters) => {
	raw.answer = (_request, response) => json(response, 202, { approval_id: APPROVAL });
	const required = {
		threadId: byId(APPROVAL),
		fromEmailHandle: 'ann',
		fromName: 'Ann',
		staffEmail: 'ann@example.com',
	};
	const outcome = await range.run({ ...required, ...parameters }, { credential: rawCredential() });
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
	])('data %s, with a status nobody knows', async (_name, body) => {
		raw.answer = (_request, response) => json(response, 200, body);
		const outcome = await range.run(parameters, { credential: rawCredential() });
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
	])('a 403 names the scope, from %s', async (_name, error) => {
		raw.answer = (_request, response) => json(response, 403, { error });
		const outcome = await range.run(parameters, { credential: rawCredential() });
		const { message, description } = outcome.error ?? {};
		expect(`${message} ${description}`).toContain('approvals:write');
		expect(description).toContain('Settings › API Keys');
	});
});

test('a decision whose outcome is unknown is not made again by n8n', async () => {
	raw.arrived.splice(0);
	raw.answer = (_request, response) => response.socket?.destroy();
	const outcome = await range.run(
		{ resource: 'approval', operation: 'approve', approvalId: byId(APPROVAL) },
		{ credential: rawCredential(), settings: { retryOnFail: true, waitBetweenTries: 1 } },
	);
	expect(outcome.error?.message).toBe('It is unknown whether TrustPager has completed this');
	expect(raw.arrived).toHaveLength(1);
});
