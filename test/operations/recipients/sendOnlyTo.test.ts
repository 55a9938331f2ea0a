/** The credential's 'Send Only To': mail to anybody else is refused before it is sent, whatever sends it. */
import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../../engine/sandboxFixture';

const fixture = useSandbox();

const MAIL = { subject: 'Your quote', htmlBody: '<p>Hello</p>', toEmail: 'ann@example.com' };
const SEND = { resource: 'email', operation: 'send', ...MAIL };
const CREATE = {
	resource: 'scheduledEmail',
	operation: 'create',
	...MAIL,
	scheduledFor: '2099-06-03T09:00:00Z',
};
const pending = () =>
	fixture.seed.scheduled.find(
		({ status, channel }) => status === 'pending' && channel === 'email',
	)!;

async function runWith(allowedRecipients: unknown, parameters: IDataObject) {
	const credential = fixture.credential({ allowedRecipients: allowedRecipients as string });
	const { error } = await fixture.run(parameters, { credential });
	const requests = (await fixture.requests()).map(({ method, path }) => `${method} ${path}`);
	return { error, requests };
}

describe('Send', () => {
	test.each([
		['', 'anybody@else.example'],
		[undefined, 'anybody@else.example'],
		['ann@example.com', 'ann@example.com'],
		['ANN@Example.COM', 'ann@example.com'],
		['ann@example.com', 'Ann <ANN@EXAMPLE.com>'],
		['@example.com', 'ann@example.com'],
		['@EXAMPLE.com', 'ann@Example.com'],
		['bob@x.example; ann@example.com', 'ann@example.com'],
		['bob@x.example\nann@example.com', 'ann@example.com'],
		['bob@x.example ann@example.com,', 'ann@example.com'],
		['@münchen.example', 'ann@xn--mnchen-3ya.example'],
		['ann@xn--mnchen-3ya.example', 'ann@MÜNCHEN.example'],
		['jose\u0301@example.com', 'jos\u00E9@example.com'],
	])('%j lets mail to %j through', async (allowed, toEmail) => {
		const { error, requests } = await runWith(allowed, { ...SEND, toEmail });
		expect(error).toBeUndefined();
		expect(requests).toEqual(['POST /email/send']);
	});

	test.each([
		['ann@example.com', 'bob@example.com'],
		['ann@example.com', 'joann@example.com'],
		['ann@example.com', 'ann@example.com.evil.example'],
		['ann@example.com', 'ann+x@example.com'],
		['@example.com', 'ann@mail.example.com'],
		['@example.com', 'ann@notexample.com'],
		['@mail.example.com', 'ann@example.com'],
		['@münchen.example', 'ann@munchen.example'],
	])('%j refuses mail to %j', async (allowed, toEmail) => {
		const { error, requests } = await runWith(allowed, { ...SEND, toEmail });
		expect(error?.message).toBe(
			`'To Email' has ${toEmail}, whom 'Send Only To' of the credential does not allow [item 0]`,
		);
		expect(requests).toEqual([]);
	});

	test('names the address in BCC', async () => {
		const options = { bcc: 'bob@example.com, cy@other.example' };
		const { error, requests } = await runWith('@example.com', { ...SEND, options });
		expect(error?.message).toContain("'BCC' has cy@other.example, whom 'Send Only To'");
		expect(requests).toEqual([]);
	});

	test('names the address in CC', async () => {
		const { error, requests } = await runWith('@example.com', {
			...SEND,
			options: { cc: 'bob@example.com, Cy <cy@other.example>' },
		});
		expect(error?.message).toContain("'CC' has cy@other.example, whom 'Send Only To'");
		expect(requests).toEqual([]);
	});

	test.each([
		['everyone', 'everyone'],
		['example.com', 'example.com'],
		['*@example.com', '*@example.com'],
		['@*.example.com', '@*.example.com'],
		['ann@example.com, @', '@'],
		['ann@example.com, bob', 'bob'],
		[',', ','],
		['ann@example.com, \u200B', ''],
		[{}, '[object'],
		[false, 'false'],
	])('%j in the credential is refused, never taken for everyone', async (allowed, shown) => {
		const { error, requests } = await runWith(allowed, SEND);
		expect(error?.message).toMatch(/^The credential's 'Send Only To' has .* \[item 0\]$/);
		expect(error?.message).toContain(shown);
		expect(requests).toEqual([]);
	});
});

describe('Reply', () => {
	const thread = () => fixture.seed.threads[0].id;
	const reply = (more: IDataObject) => ({
		resource: 'email',
		operation: 'reply',
		threadId: byId(thread()),
		replyHtml: '<p>Thanks</p>',
		...more,
	});

	test("refuses 'To Email' and 'CC' before any request", async () => {
		const to = await runWith('@example.com', reply({ toEmail: 'bob@other.example' }));
		expect(to.error?.message).toContain("'To Email' has bob@other.example");
		const cc = await runWith('@example.com', reply({ options: { cc: 'bob@other.example' } }));
		expect(cc.error?.message).toContain("'CC' has bob@other.example");
		expect(cc.requests).toEqual([]);
	});

	test('refuses a recipient that it finds in the thread', async () => {
		const { error, requests } = await runWith('@nobody.example', reply({}));
		expect(error?.message).toMatch(/^'To Email' has \S+@\S+, whom 'Send Only To'/);
		expect(requests).not.toContain('POST /email/reply');
		expect(requests.length).toBeGreaterThan(0);
	});
});

describe('Scheduled Email', () => {
	const id = () => ({ scheduledEmailId: byId(pending().id) });
	const UPDATE = { resource: 'scheduledEmail', operation: 'update' };

	test('Schedule refuses, and schedules for those who are allowed', async () => {
		const refused = await runWith('@other.example', CREATE);
		expect(refused.error?.message).toContain("'To Email' has ann@example.com");
		expect(refused.requests).toEqual([]);
		const allowed = await runWith('@example.com', CREATE);
		expect(allowed.requests).toEqual(['POST /scheduled-communications']);
	});

	test('Update refuses a new recipient or copy before any request', async () => {
		for (const updateFields of [{ toEmail: 'bob@other.example' }, { cc: 'bob@other.example' }]) {
			const { error, requests } = await runWith('@example.com', {
				...UPDATE,
				...id(),
				updateFields,
			});
			expect(error?.message).toContain('has bob@other.example');
			expect(requests).toEqual([]);
		}
	});

	test('Update refuses to write new content to a stored recipient who is not allowed', async () => {
		const updateFields = { subject: 'Another' };
		const { error, requests } = await runWith('@nobody.example', {
			...UPDATE,
			...id(),
			updateFields,
		});
		expect(error?.message).toContain(`'To Email' has ${String(pending().payload.to_email)}`);
		expect(requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
	});

	test('Send Now reads whom the email goes to', async () => {
		const SEND_NOW = { resource: 'scheduledEmail', operation: 'sendNow', ...id() };
		const refused = await runWith('@nobody.example', SEND_NOW);
		expect(refused.error?.message).toContain(
			`'To Email' has ${String(pending().payload.to_email)}`,
		);
		expect(refused.requests).toEqual([`GET /scheduled-communications/${pending().id}`]);

		await fixture.control.clearRequests();
		const allowed = await runWith(String(pending().payload.to_email), SEND_NOW);
		expect(allowed.error).toBeUndefined();
		expect(allowed.requests).toEqual([
			`GET /scheduled-communications/${pending().id}`,
			`POST /scheduled-communications/${pending().id}/dispatch-now`,
		]);
	});
});

test('Approve is not restricted: a person has seen the email', async () => {
	const approval = fixture.seed.approvals.find(({ status }) => status === 'pending')!;
	const { error } = await runWith('nobody@nowhere.example', {
		resource: 'approval',
		operation: 'approve',
		approvalId: byId(approval.id),
	});
	expect(error).toBeUndefined();
});
