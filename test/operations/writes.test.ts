import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import { rows } from '../engine/engine';

const fixture = useSandbox();
const SEND = {
	resource: 'email',
	operation: 'send',
	toEmail: '={{ $json.to }}',
	subject: 'Hello',
	htmlBody: '<p>Hello</p>',
};
const twoMails = [{ json: { to: 'ann@example.com' } }, { json: { to: 'bob@example.com' } }];

describe('refused sends', () => {
	test('a linked record that does not exist is named, and nothing is sent', async () => {
		const contactId = '00000000-0000-4000-8000-000000000000';
		const outcome = await fixture.run(
			{ ...SEND, options: { contactId: byId(contactId) } },
			{ items: [twoMails[0]] },
		);
		expect(outcome.error).toMatchObject({
			message: 'This contact does not exist',
			httpCode: '400',
		});
		expect(outcome.error?.description).toContain(`finds no contact ${contactId} in the workspace`);
		expect(await fixture.control.outbox()).toEqual([]);
	});

	test.each([422, 500, 502])(
		'EMAIL_DELIVERY_FAILED with status %d means that the email was not sent',
		async (deliveryFailedStatus) => {
			await fixture.control.set({ deliveryFailedStatus });
			const outcome = await fixture.run({ ...SEND, toEmail: 'undeliverable@example.com' });
			expect(outcome.error).toMatchObject({
				message: 'The email was not delivered',
				httpCode: String(deliveryFailedStatus),
			});
			expect(outcome.error?.description).toContain('safe to send it again');
			expect(await fixture.requests()).toHaveLength(1);
		},
	);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'when one of two is refused, the other is sent and keeps its place (%s)',
		async (onError) => {
			const items = [{ json: { to: 'undeliverable@example.com' } }, twoMails[1]];
			const outcome = await fixture.run(SEND, { items, settings: { onError } });
			const failed = onError === 'continueErrorOutput' ? outcome.failed[0] : outcome.items[0];
			expect(failed.json).toMatchObject({
				error: expect.stringMatching(/^The email was not delivered\. .*\[item 0\]$/),
			});
			expect(failed.pairedItem).toEqual({ item: 0 });
			expect(outcome.items.at(-1)).toEqual({
				json: expect.objectContaining({ outcome: 'sent' }),
				pairedItem: { item: 1 },
			});
			expect((await fixture.control.outbox()).map(({ to }) => to)).toEqual(['bob@example.com']);
		},
	);
});

test('long error texts are truncated', async () => {
	const long = 'lorem ipsum '.repeat(5_000);
	await fixture.control.addFault({
		kind: 'body',
		times: null,
		status: 400,
		body: { error: { code: 'VALIDATION_ERROR', message: long, fix: long } },
	});
	const outcome = await fixture.run({ resource: 'thread', operation: 'getAll' });
	expect(outcome.error?.message.length).toBeLessThanOrEqual(300);
	expect(outcome.error?.description?.length).toBeLessThan(1_600);
});

describe('retries after a 5xx', () => {
	const CASES: Array<{ name: string; parameters: () => IDataObject; requests: number }> = [
		{
			name: 'thread get: a read',
			parameters: () => ({
				resource: 'thread',
				operation: 'get',
				threadId: byId(fixture.seed.threads[0].id),
			}),
			requests: 4,
		},
		{
			name: 'thread update: an idempotent write',
			parameters: () => ({
				resource: 'thread',
				operation: 'update',
				threadId: byId(fixture.seed.threads[0].id),
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
				configId: byId(fixture.seed.configs[1].id),
			}),
			requests: 4,
		},
		{
			name: 'config create: not retried',
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
			name: `approval ${operation}: not retried`,
			parameters: () => ({
				resource: 'approval',
				operation,
				approvalId: byId(fixture.seed.approvals.find(({ status }) => status === 'pending')?.id),
			}),
			requests: 1,
		})),
	];

	test.each(CASES)('$name', async ({ parameters, requests }) => {
		await fixture.control.addFault({ kind: 'status', status: 503, times: null });
		const outcome = await fixture.run(parameters());
		expect(outcome.error?.httpCode).toBe('503');
		expect(await fixture.requests()).toHaveLength(requests);
		const ambiguous = 'The change may still have gone through';
		if (requests === 1) expect(outcome.error?.description).toContain(ambiguous);
		else expect(outcome.error?.description).not.toContain(ambiguous);
	});

	test('a delete whose answer was lost is done when the second try answers 404', async () => {
		const { id } = fixture.seed.configs[1];
		await fixture.control.addFault({
			method: 'DELETE',
			kind: 'resetBeforeHeaders',
			effect: 'after',
		});
		const outcome = await fixture.run({
			resource: 'config',
			operation: 'delete',
			configId: byId(id),
		});
		expect(rows(outcome.items)).toEqual([{ deleted: true, id }]);
		expect((await fixture.control.requests()).map(({ status }) => status)).toEqual([0, 404]);
	});

	test('a delete of a record that never existed is an error', async () => {
		const outcome = await fixture.run({
			resource: 'config',
			operation: 'delete',
			configId: byId('00000000-0000-4000-8000-000000000000'),
		});
		expect(outcome.error?.httpCode).toBe('404');
	});
});
