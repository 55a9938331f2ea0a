import type { IDataObject } from 'n8n-workflow';

import { byId, useSandbox } from '../engine/sandboxFixture';
import { rows, type RunOptions } from '../engine/engine';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const isSend = (path: string) => path === '/email/send';
const ASK = {
	resource: 'email',
	operation: 'sendAndWait',
	toEmail: 'Rae Viewer <rae@example.com>',
	subject: 'Send the quote?',
	message: 'Oak & Hollow want 20 prints.\nSend our quote?',
};
const until = (resumeAmount: unknown, resumeUnit = 'hours', more: IDataObject = {}) => ({
	limitWaitTime: { values: { resumeAmount, resumeUnit, ...more } },
});
const sent = { success: true, status: 'sent', outcome: 'sent' };
const bodyWith = (html: RegExp) => ({
	to_email: 'rae@example.com',
	to_name: 'Rae Viewer',
	subject: 'Send the quote?',
	html_body: expect.stringMatching(html),
});

const GOLDENS: Golden[] = [
	{
		name: 'email sendAndWait, required values only',
		isSend,
		parameters: () => ASK,
		requests: () => [
			{
				method: 'POST',
				path: '/email/send',
				body: bodyWith(
					/^<div[^]*<p>Oak &amp; Hollow want 20 prints\.<br>Send our quote\?<\/p>[^]*href="http:\/\/localhost\/webhook-waiting\/[^]*>Respond<\/a>[^]*“Test”[^]*waits until you answer\./,
				),
			},
		],
		rows: () => [expect.objectContaining(sent)],
	},
	{
		name: 'email sendAndWait, personal, with links and a limit',
		isSend,
		parameters: ({ seed, records }) => ({
			...ASK,
			mode: 'personal',
			senderUserId: byId(records.users[0].user_id as string),
			responseType: 'freeText',
			options: {
				...until(2, 'days'),
				cc: 'ada@example.com',
				contactId: byId(records.contacts[0].id as string),
				emailConfigId: byId(seed.configs[1].id),
				messageButtonLabel: 'Answer <here>',
			},
		}),
		requests: ({ seed, records }) => [
			{
				method: 'POST',
				path: '/email/send',
				body: {
					...bodyWith(/Answer &lt;here&gt;<\/a>[^]*Without an answer by \d+ \w+ \d{4}/),
					mode: 'personal',
					sender_user_id: records.users[0].user_id,
					cc: 'ada@example.com',
					contact_id: records.contacts[0].id,
					email_config_id: seed.configs[1].id,
				},
			},
		],
		rows: () => [expect.objectContaining(sent)],
	},
];

testGoldens(fixture, GOLDENS);

async function ask(parameters: IDataObject = {}, options: Partial<RunOptions> = {}) {
	return await fixture.run({ ...ASK, ...parameters }, options);
}

const answerWith = async (status: number, body: IDataObject) =>
	await fixture.control.addFault({ path: '/email/send', kind: 'body', status, body } as never);

describe('waits only for an email that was sent, or may still be', () => {
	test('suppressed: an error, and nobody is waited for', async () => {
		await answerWith(200, { data: { suppressed: true, reason: 'unsubscribed' } });
		const outcome = await ask();
		expect(outcome).toMatchObject({
			status: 'error',
			error: {
				message: expect.stringContaining("'To Email' was not asked"),
				description: expect.stringContaining('unsubscribed'),
			},
		});
	});

	test('refused: an error item with Continue, and nobody is waited for', async () => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const outcome = await ask({ toEmail: 'undeliverable@example.com' }, { settings });
		expect(outcome.status).toBe('success');
		expect(rows(outcome.items)).toEqual([{ error: expect.any(String) }]);
	});

	test('queued for approval: for 7 days at most, and says so', async () => {
		const apiKey = await fixture.control.addKey({ name: 'asks', scopes: ['email:send-approval'] });
		const before = Date.now();
		const outcome = await ask({}, { credential: fixture.credential({ apiKey }) });
		expect(outcome.status).toBe('waiting');
		expect(rows(outcome.items)).toMatchObject([{ outcome: 'queuedForApproval' }]);
		const days = (new Date(outcome.waitTill ?? 0).getTime() - before) / 86_400_000;
		expect(days).toBeGreaterThan(6.9);
		expect(days).toBeLessThan(7.1);
		expect(outcome.hints.join()).toContain('waits for 7 days at most');
	});

	test('sent: for ever without a limit', async () => {
		const outcome = await ask();
		expect(outcome.status).toBe('waiting');
		expect(new Date(outcome.waitTill ?? 0).getUTCFullYear()).toBe(3000);
	});
});

describe('asks once per run', () => {
	const items = [{ json: { to: 'a@example.com' } }, { json: { to: 'b@example.com' } }];

	test('for items that give the same email', async () => {
		const outcome = await ask({ options: until(1) }, { items });
		expect(outcome.status).toBe('waiting');
		expect(await fixture.control.outbox()).toHaveLength(1);
	});

	test.each<[string, IDataObject]>([
		['To Email', { toEmail: '={{ $json.to }}' }],
		['Message', { message: '=Ask {{ $json.to }}' }],
		['a limit', { options: until('={{ $json.to.startsWith("a") ? 1 : 2 }}') }],
	])('%s that differs is refused before anything is sent', async (_title, parameters) => {
		const outcome = await ask(parameters, { items });
		expect(outcome.error?.message).toContain('gives another email than for the first item');
		expect(await fixture.control.requests()).toEqual([]);
	});
});

describe('is refused before anything is sent', () => {
	const elements = (...values: IDataObject[]) => ({
		responseType: 'customForm',
		formFields: { values },
	});
	test.each<[string, IDataObject, RegExp]>([
		['an empty message', { message: ' ' }, /^'Message' is empty/],
		['no limit', { options: until(0) }, /^'Amount' is not a time to come/],
		['a limit that is no number', { options: until('soon') }, /^'Amount' is not a time to come/],
		[
			'a limit in the past',
			{
				options: until(1, 'hours', { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01' }),
			},
			/^'Max Date and Time' is not a time to come/,
		],
		['a form without elements', { responseType: 'customForm' }, /^'Form Elements' is empty/],
		['an element without a label', elements({ fieldLabel: '={{ "" }}' }), /^'Label' is empty/],
		[
			'two with one name',
			elements({ fieldLabel: 'A' }, { fieldLabel: 'A' }),
			/^'Form Elements' has 'A' twice/,
		],
		[
			'a dropdown without choices',
			elements({ fieldLabel: 'A', fieldType: 'dropdown' }),
			/^'Choices' of 'A' are missing/,
		],
	])('%s', async (_title, parameters, message) => {
		const outcome = await ask(parameters);
		expect(outcome.error?.message).toMatch(message);
		expect(await fixture.control.requests()).toEqual([]);
	});

	test('as a tool of an agent', async () => {
		const outcome = await ask({}, { isTool: true });
		expect(rows(outcome.items)).toEqual([{ error: expect.stringContaining('human review') }]);
		expect(await fixture.control.requests()).toEqual([]);
	});
});
