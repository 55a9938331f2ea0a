import { chosen, useSandbox } from '../engine/sandboxFixture';
import { namesIssues } from '../engine/n8nCore';
import { attach, INVALID, file, MARK, MAX_BYTES, REPLY, SEND } from './invalidParameters';

const fixture = useSandbox();

describe('an invalid parameter is named with its item, and nothing is sent', () => {
	test.each(INVALID)('$name', async ({ parameters, names, says, items }) => {
		const outcome = await fixture.run(parameters, items ? { items } : {});
		expect(outcome.status).toBe('error');
		expect(outcome.error?.message).toContain(`'${names}'`);
		expect(outcome.error?.message).toContain(says);
		expect(outcome.error?.message).toMatch(/\[item 0\]$/);
		expect(outcome.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(await fixture.requests()).toEqual([]);
	});
});

describe('n8n itself refuses and names a parameter that is empty before the run', () => {
	test.each([
		['Thread', { resource: 'thread', operation: 'get', threadId: chosen('') }],
		['Subject', { ...SEND, subject: '' }],
		['Sender', { ...SEND, mode: 'personal' }],
		['Thread IDs', { ...MARK, threadIds: '' }],
	])('%s', async (name, parameters) => {
		const refusal: unknown = await fixture.run(parameters).catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(Error);
		const { message } = refusal as Error;
		expect(message).toMatch(
			namesIssues ? `Parameter "${name}" is required` : 'The workflow has issues',
		);
		expect(await fixture.requests()).toEqual([]);
	});
});

test('accepts exactly 25 MB of attachments', async () => {
	const outcome = await fixture.run(attach('one,two'), {
		items: [{ json: {}, binary: { one: file(MAX_BYTES - 10), two: file(10) } }],
	});
	expect(outcome.error).toBeUndefined();
	const [mail] = await fixture.control.outbox();
	expect(mail.attachments.map(({ size }) => size)).toEqual([MAX_BYTES - 10, 10]);
});

test('a file over 25 MB in the last item prevents the emails of all items', async () => {
	const files = [file(3), file(3), file(MAX_BYTES + 1)];
	const outcome = await fixture.run(attach('data'), {
		items: files.map((data) => ({ json: {}, binary: { data } })),
	});
	expect(outcome.error?.message).toBe(
		"'Attachment Fields' exceed the 25 MB limit by 1 byte [item 2]",
	);
	expect(await fixture.requests()).toEqual([]);
});

describe('when the last of three items is invalid', () => {
	const items = ['ann@example.com', 'bob@example.com', 'nobody'].map((to) => ({ json: { to } }));
	const parameters = { ...SEND, toEmail: '={{ $json.to }}' };

	test('stopWorkflow: nothing is sent', async () => {
		const outcome = await fixture.run(parameters, { items });
		expect(outcome.error?.message).toMatch(/^'To Email' .*\[item 2\]$/);
		expect(await fixture.requests()).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: the valid ones are sent, the invalid one is an error item',
		async (onError) => {
			const outcome = await fixture.run(parameters, { items, settings: { onError } });
			const failed = onError === 'continueErrorOutput' ? outcome.failed[0] : outcome.items[2];
			expect(failed.json.error).toMatch(/^'To Email' .*\[item 2\]\. /);
			expect(failed.pairedItem).toEqual({ item: 2 });
			expect((await fixture.control.outbox()).map(({ to }) => to).sort()).toEqual([
				'ann@example.com',
				'bob@example.com',
			]);
		},
	);

	test('a missing attachment of a reply prevents all replies', async () => {
		const outcome = await fixture.run(
			{ ...REPLY, options: { attachmentFields: 'data' } },
			{
				items: [
					{ json: {}, binary: { data: file(3) } },
					{ json: {}, binary: { data: file(3) } },
					{ json: {}, binary: { other: file(3) } },
				],
			},
		);
		expect(outcome.error?.message).toMatch(/^'Attachment Fields' names 'data'.*\[item 2\]$/);
		expect(outcome.error?.description).toContain('The item has: other.');
		expect(await fixture.requests()).toEqual([]);
	});
});
