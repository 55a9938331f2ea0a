/** What expressions leave behind: n8n expressions in fixed texts, empty values of a model, options that items go without. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { RunHints } from '../../nodes/TrustPager/execution/runHints';
import type { Item } from '../../nodes/TrustPager/parameters/item';
import { useSandbox } from '../engine/sandboxFixture';
import { REPLY, SEND } from './invalidParameters';

const fixture = useSandbox();
const LIST = { resource: 'thread', operation: 'getAll' };
const EMPTY = '={{ "" }}';

describe('an n8n expression in a fixed text is refused, since it would be sent as it stands', () => {
	test.each([
		['Subject', { ...SEND, subject: 'Quote for {{ $json.name }}' }],
		['Body', { ...SEND, htmlBody: '<p>Hello {{ $json.name }}</p>' }],
		['Body', { ...SEND, htmlBody: "<p>{{ $('CRM').item.json.name }}</p>" }],
		['Body', { ...SEND, htmlBody: '<p>{{\n$now.toISO()\n}}</p>' }],
		['Body', { ...SEND, htmlBody: '<p>{{ new Date($json.at) }}</p>' }],
		['To Email', { ...SEND, toEmail: '{{ $json.email }}' }],
		['To Name', { ...SEND, options: { toName: '{{ $json.name }}' } }],
		['Body', { ...REPLY, replyHtml: '<p>{{ $json.answer }}</p>' }],
		['Subject Contains', { ...LIST, filters: { search: '{{ $json.text }}' } }],
	])("'%s' %j", async (name, parameters) => {
		const { error } = await fixture.run(parameters);
		expect(error?.message).toContain(`'${name}' holds an n8n expression that is not evaluated`);
		expect(await fixture.requests()).toEqual([]);
	});

	test.each([
		'<p>Hello {{contact.first_name}}</p>',
		'<p>{{ contact.greeting }}, it costs $5 {{ deal.name }}</p>',
		'<style>p { margin: 0 }</style><p>{ }</p>',
		'<p>{{}} {{ }}</p>',
	])('TrustPager tokens and braces pass: %s', async (htmlBody) => {
		expect((await fixture.run({ ...SEND, htmlBody })).error).toBeUndefined();
		const [mail] = await fixture.control.outbox();
		expect(mail.html).toBe(htmlBody);
	});

	test('what an expression gives is the text of others, and passes', async () => {
		const items = [{ json: { text: '<p>Use {{ $json.name }} in n8n</p>' } }];
		const outcome = await fixture.run({ ...SEND, htmlBody: '={{ $json.text }}' }, { items });
		expect(outcome.error).toBeUndefined();
	});
});

describe('in a tool call, where a model gives an empty text for what it does not want to set', () => {
	test.each(['search', 'participant', 'status'])('the text filter %s is not set', async (name) => {
		const parameters = { ...LIST, filters: { [name]: EMPTY } };
		expect((await fixture.run(parameters, { isTool: true })).error).toBeUndefined();
		const [{ query }] = await fixture.requests();
		expect(query).toEqual({ limit: '50', sort: 'last_message_at', order: 'desc' });
	});

	test.each(['contactId', 'dealId', 'customerId', 'status'])(
		'the list filter %s is refused',
		async (name) => {
			const filters = { [name]: { __rl: true, mode: 'id', value: EMPTY } };
			const { items } = await fixture.run({ ...LIST, filters }, { isTool: true });
			expect(items).toHaveLength(1);
			expect(items[0].json.error).toMatch(/ is empty: its expression gave nothing \[item 0\]\. /);
			expect(await fixture.requests()).toEqual([]);
		},
	);
});

describe('options that items go without', () => {
	const itemWith = (...options: string[]) =>
		({
			leftOut: new Set(options),
			notes: new Set<string>(),
			ignoredFilters: new Map<string, number>(),
		}) as unknown as Item;

	test('are said once each after the run, with how many items', () => {
		const hints = new RunHints();
		for (const item of [itemWith('CC'), itemWith('CC', 'Contact'), itemWith()])
			hints.addFrom(item, []);
		const shown: string[] = [];
		const addExecutionHints = (...all: Array<{ message: string }>) =>
			shown.push(...all.map(({ message }) => message));
		hints.show({ addExecutionHints } as unknown as IExecuteFunctions);
		expect(shown).toEqual([
			"2 items went without 'CC': its expression gave nothing for them.",
			"1 item went without 'Contact': its expression gave nothing.",
		]);
	});

	test('are harmless where n8n has no hints', () => {
		const hints = new RunHints();
		hints.addFrom(itemWith('CC'), []);
		expect(() => hints.show({} as unknown as IExecuteFunctions)).not.toThrow();
	});

	test('do not stop the email', async () => {
		const contactId = { __rl: true, mode: 'id', value: '={{ $json.contact }}' };
		const options = { cc: '={{ $json.cc }}', toName: '={{ $json.name }}', contactId };
		expect((await fixture.run({ ...SEND, options })).error).toBeUndefined();
		const [{ body }] = await fixture.requests();
		expect(Object.keys(body as object).sort()).toEqual(['html_body', 'subject', 'to_email']);
	});
});

describe('Fields to Return', () => {
	const names = (outputFields: string) => ({ ...LIST, limit: 2, outputFields });

	test('are found in any case', async () => {
		const { items } = await fixture.run(names('Subject, STATUS'));
		expect(Object.keys(items[0].json)).toEqual(['id', 'subject', 'status']);
	});

	test('that no row has are refused, not answered with IDs alone', async () => {
		const { error } = await fixture.run(names('title, body'));
		expect(error?.message).toContain(
			"'Fields to Return' names no field of the output: title, body",
		);
		expect(error?.description).toContain('The fields are: id, ');
	});
});
