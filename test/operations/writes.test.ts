import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

const bench = useSandbox();
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: '={{ $json.to }}',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
};
const twoMails = [{ json: { to: 'ann@example.com' } }, { json: { to: 'bob@example.com' } }];

describe('sends that are refused', () => {
	test('a linked record that does not exist: named, and nothing has left', async () => {
		const contactId = '00000000-0000-4000-8000-000000000000';
		const outcome = await bench.run(
			{ ...SEND, options: { contactId: byId(contactId) } },
			{ items: [twoMails[0]] },
		);
		expect(outcome.error).toMatchObject({
			message: 'TrustPager does not accept a value',
			httpCode: '400',
		});
		expect(outcome.error?.description).toContain(`'contact_id' ${contactId} does not exist here.`);
		expect(await bench.control.outbox()).toEqual([]);
	});

	test.each([422, 500, 502])(
		'EMAIL_DELIVERY_FAILED with status %d is no unknown outcome: it was not sent',
		async (deliveryFailedStatus) => {
			await bench.control.set({ deliveryFailedStatus });
			const outcome = await bench.run({ ...SEND, toEmail: 'undeliverable@example.com' });
			expect(outcome.error).toMatchObject({
				message: 'The email was not delivered',
				httpCode: String(deliveryFailedStatus),
			});
			expect(outcome.error?.description).toContain('safe to send it again');
			expect(await bench.requests()).toHaveLength(1);
		},
	);

	test.each([402, 403] as const)('no credits left (%d)', async (creditsStatus) => {
		await bench.control.set({ credits: 0, creditsStatus });
		const outcome = await bench.run(SEND, { items: [twoMails[0]] });
		expect(outcome.error?.httpCode).toBe(String(creditsStatus));
		expect(outcome.error?.description).toContain('(INSUFFICIENT_CREDITS');
		expect(await bench.control.outbox()).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'one of two is refused: the other leaves and stands beside it (%s)',
		async (onError) => {
			const items = [{ json: { to: 'undeliverable@example.com' } }, twoMails[1]];
			const outcome = await bench.run(SEND, { items, settings: { onError } });
			const failed = onError === 'continueErrorOutput' ? outcome.failed[0] : outcome.items[0];
			expect(failed.json).toMatchObject({
				error: expect.stringMatching(/^The email was not delivered\. .*\[item 0\]$/),
			});
			expect(failed.pairedItem).toEqual({ item: 0 });
			expect(outcome.items.at(-1)).toEqual({
				json: expect.objectContaining({ outcome: 'sent' }),
				pairedItem: { item: 1 },
			});
			expect((await bench.control.outbox()).map(({ to }) => to)).toEqual(['bob@example.com']);
		},
	);
});

describe('secrets', () => {
	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'a server that echoes the key everywhere: nothing of it is stored (%s)',
		async (onError) => {
			const { full } = bench.sandbox.keys;
			const echo = `Bearer ${full} / ${full} / tp_test_abcdefghijklmnop`;
			const error = { code: 'UNAUTHORIZED', message: echo, fix: echo, hint: echo };
			await bench.control.addFault({
				kind: 'body',
				status: 401,
				body: { error, required_scopes: [echo], details: { available: [echo] } },
				headers: { 'x-echo': full },
				times: null,
			});
			const outcome = await bench.run(SEND, { items: twoMails, settings: { onError } });
			expect(outcome.stored).toContain('***');
			expect(outcome.stored).not.toContain(full);
			expect(outcome.stored).not.toContain('tp_test_abcdefghijklmnop');
		},
	);

	test('a body too long for a person is cut', async () => {
		const long = 'lorem ipsum '.repeat(5_000);
		await bench.control.addFault({
			kind: 'body',
			status: 400,
			body: { error: { code: 'VALIDATION_ERROR', message: long, fix: long } },
		});
		const outcome = await bench.run({ resource: 'thread', operation: 'getAll' });
		expect(outcome.error?.message.length).toBeLessThanOrEqual(300);
		expect(outcome.error?.description?.length).toBeLessThan(1_600);
	});
});

describe('what is repeated after a 5xx, and what is not', () => {
	const CASES: Array<{ name: string; parameters: () => IDataObject; requests: number }> = [
		{
			name: 'thread get: a read',
			parameters: () => ({
				resource: 'thread',
				operation: 'get',
				threadId: byId(bench.seed.threads[0].id),
			}),
			requests: 4,
		},
		{
			name: 'thread update: the same twice as once',
			parameters: () => ({
				resource: 'thread',
				operation: 'update',
				threadId: byId(bench.seed.threads[0].id),
				updateFields: { isRead: true },
			}),
			requests: 4,
		},
		{
			name: 'thread markRead',
			parameters: () => ({ resource: 'thread', operation: 'markRead', target: 'allUnread' }),
			requests: 4,
		},
		{
			name: 'config delete',
			parameters: () => ({
				resource: 'config',
				operation: 'delete',
				configId: byId(bench.seed.configs[1].id),
			}),
			requests: 4,
		},
		{
			name: 'config create: once',
			parameters: () => ({
				resource: 'config',
				operation: 'create',
				fromEmailHandle: 'support',
				fromName: 'Support',
				staffEmail: 'staff@example.com',
			}),
			requests: 1,
		},
		...['approve', 'reject'].map((operation) => ({
			name: `approval ${operation}: once`,
			parameters: () => ({
				resource: 'approval',
				operation,
				approvalId: byId(bench.seed.approvals.find(({ status }) => status === 'pending')?.id),
			}),
			requests: 1,
		})),
	];

	test.each(CASES)('$name', async ({ parameters, requests }) => {
		await bench.control.addFault({ kind: 'status', status: 503, times: null });
		const outcome = await bench.run(parameters());
		expect(outcome.error?.httpCode).toBe('503');
		expect(await bench.requests()).toHaveLength(requests);
		const unsure = 'The change may still have gone through';
		if (requests === 1) expect(outcome.error?.description).toContain(unsure);
		else expect(outcome.error?.description).not.toContain(unsure);
	});

	test('a delete whose answer is lost is found gone at the second try: done', async () => {
		const { id } = bench.seed.configs[1];
		await bench.control.addFault({ method: 'DELETE', kind: 'resetBeforeHeaders', effect: 'after' });
		const outcome = await bench.run({
			resource: 'config',
			operation: 'delete',
			configId: byId(id),
		});
		expect(rows(outcome.items)).toEqual([{ deleted: true, id }]);
		expect((await bench.control.requests()).map(({ status }) => status)).toEqual([0, 404]);
	});

	test('a delete of what was never there is an error', async () => {
		const outcome = await bench.run({
			resource: 'config',
			operation: 'delete',
			configId: byId('00000000-0000-4000-8000-000000000000'),
		});
		expect(outcome.error?.httpCode).toBe('404');
	});
});
