/** Each example on a server of each dialect, started in every way in which it can be started. */
import { dialects, type OutboxMail } from '../../sandbox';
import { hasGates } from '../engine/n8nCore';
import { useSandbox } from '../engine/sandboxFixture';
import { linkIn } from '../engine/waiting';
import { arrive, type ExampleCase, type ExampleWorld, type Truth } from './examples/exampleWorld';
import { approvalCases } from './examples/approvalCases';
import { bounceCases } from './examples/bounceCases';
import { contactBounceCases } from './examples/contactBounceCases';
import { firstAnswerCases } from './examples/firstAnswerCases';
import { followUpCases } from './examples/followUpCases';
import { replyToAllCases } from './examples/replyToAllCases';
import { runExample, starts } from './examples/runExample';
import type { AgentTool, Outside } from './examples/standIns';
import { triageCases } from './examples/triageCases';

const LEAFLET = { subject: 'Your leaflet', attachments: [{ filename: 'leaflet.txt' }] };

/** Reads the thread with the example's tool, and drafts an answer. */
const drafts =
	(threadId: string) =>
	async (tools: AgentTool[]): Promise<string> => {
		expect(tools.map(({ name }) => name)).toEqual(['Read_thread']);
		const answer = await tools[0].invoke({ Thread_ID: threadId });
		return `<p>Draft after ${answer.includes('Are you open on Sunday?') ? 'reading' : 'guessing'}</p>`;
	};

/** The reviewer opens the page of the email, and enters this instead of what is there. */
const enters =
	({ fixture }: ExampleWorld, { answer, decision }: Record<string, string>): Outside['person'] =>
	async (execution) => {
		const link = linkIn((await fixture.control.outbox())[0].html);
		const { html } = await execution.request('GET', link);
		const [, draft] = /<textarea[^>]*>\n([^<]*)/.exec(html) ?? [];
		expect(draft).toBe('&lt;p&gt;Draft after reading&lt;/p&gt;');
		const fields = { 'field-0': answer ?? '<p>Draft after reading</p>', 'field-1': decision };
		const data = { answer: 'submit', ...fields };
		return (await execution.request('POST', link, { data })).items ?? [];
	};

async function review(world: ExampleWorld, person: Outside['person']): Promise<OutboxMail[]> {
	const { thread, items } = await arrive(world, 'agent-draft-approval-reply');
	const { outbox } = await world.perform({ items, person, agent: drafts(String(thread.id)) });
	const [asked, ...others] = outbox;
	expect(asked).toMatchObject({
		to: 'reviewer@example.com',
		subject: 'Answer to check: Opening hours',
		html: expect.stringMatching(/mia@example\.com wrote[^]*open on Sunday[^]*href="http/),
	});
	for (const mail of others) {
		expect(mail).toMatchObject({ kind: 'reply', threadId: thread.id, to: 'mia@example.com' });
	}
	return others;
}

const CASES: ExampleCase[] = [
	{
		file: 'crm-triggered-send',
		from: 'CRM event',
		about: 'with the pinned call, sends one email to the address in it, linked to nobody',
		run: async ({ perform }) => {
			const { outbox } = await perform();
			expect(outbox).toMatchObject([
				{ to: 'you@example.com', subject: 'Welcome, Nathan', linked: { contact_id: null } },
			]);
		},
	},
	{
		file: 'crm-triggered-send',
		from: 'CRM event',
		about: 'sends one email, linked to the contact of the event, for two calls',
		run: async ({ fixture, perform }) => {
			const contact = String(fixture.records.contacts[0].id);
			const body = { contact_id: contact, email: 'ada@example.com', first_name: 'Ada' };
			const { outbox } = await perform({ items: [{ body }] });
			expect(outbox).toMatchObject([
				{ to: 'ada@example.com', subject: 'Welcome, Ada', linked: { contact_id: contact } },
			]);
			expect((await perform({ items: [{ body }] })).outbox).toEqual(outbox);
		},
	},
	{
		file: 'bulk-send-from-table',
		from: 'Run now',
		about: 'sends each valid row once',
		run: async ({ perform }) => {
			const { outbox } = await perform();
			expect(outbox.map(({ to, subject }) => [to, subject]).sort()).toEqual([
				['ada@example.com', 'November news for Ada'],
				['grace@example.com', 'November news for Grace'],
				['linus@example.com', 'November news for Linus'],
			]);
		},
	},
	{
		file: 'bulk-send-from-table',
		from: 'Run now',
		about: 'sends nothing again in a second run',
		run: async ({ perform }) => {
			const { outbox } = await perform();
			expect((await perform()).outbox).toEqual(outbox);
		},
	},
	{
		file: 'new-lead-with-attachment',
		from: 'Lead form',
		about: 'with the pinned lead, sends one email with a file to the address in it',
		run: async ({ perform }) => {
			const { outbox } = await perform();
			expect(outbox).toMatchObject([{ to: 'you@example.com', ...LEAFLET }]);
		},
	},
	{
		file: 'new-lead-with-attachment',
		from: 'Lead form',
		about: 'sends each lead one email with a file',
		run: async ({ perform }) => {
			const items = ['Ada', 'Grace'].map((Name) => ({ Name, Email: `${Name}@example.com` }));
			const { outbox } = await perform({ items });
			expect(outbox).toMatchObject(
				items.map(({ Name, Email }) => ({
					to: Email,
					html: expect.stringContaining(`Hello ${Name},`),
					...LEAFLET,
				})),
			);
			expect(outbox[0].attachments[0].size).toBe(
				'Leaflet for Ada\n\nEverything you asked for.'.length,
			);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends the draft that a person has approved',
		run: async (world) => {
			const replies = await review(world, enters(world, { decision: 'Send' }));
			expect(replies.map(({ html }) => html)).toEqual(['<p>Draft after reading</p>']);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends what a person has written instead',
		run: async (world) => {
			const answer = '<p>Yes, until noon.</p>';
			const replies = await review(world, enters(world, { answer, decision: 'Send' }));
			expect(replies.map(({ html }) => html)).toEqual([answer]);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends nothing that a person has declined',
		run: async (world) => {
			expect(await review(world, enters(world, { decision: 'Do not send' }))).toEqual([]);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends nothing when nobody answers in time',
		// n8n goes on with the input.
		run: async (world) => expect(await review(world, async () => [{ json: {} }])).toEqual([]),
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: "asks nobody about a reviewer's automatic reply, which would start it again",
		run: async (world) => {
			const { items } = await arrive(world, 'agent-draft-approval-reply', {
				fromEmail: 'reviewer@example.com',
				subject: 'Automatic reply: Answer to check: Opening hours',
			});
			expect((await world.perform({ items })).outbox).toEqual([]);
		},
	},
	...approvalCases,
	...bounceCases,
	...contactBounceCases,
	...firstAnswerCases,
	...followUpCases,
	...(hasGates ? (['approve', 'decline'] as const) : []).map((answer) => ({
		file: 'agent-asks-before-it-acts',
		from: 'New message',
		about: `makes the call of its agent only if a person approves: ${answer}`,
		run: async (world: ExampleWorld) => {
			const { thread, items } = await arrive(world, 'agent-asks-before-it-acts');
			const args = { Thread_ID: thread.id, Reply_HTML: '<p>Until noon.</p>' };
			const person: Outside['person'] = async (execution) => {
				const link = linkIn((await world.fixture.control.outbox())[0].html);
				const page = await execution.request('GET', link);
				expect(page.html).toContain('&lt;p&gt;Until noon.&lt;/p&gt;');
				return (await execution.request('POST', link, { answer })).items ?? [];
			};
			const gatedCall = { tool: 'Reply', args };
			const { outbox } = await world.perform({ items, person, gatedCall });
			expect(outbox[0]).toMatchObject({ to: 'reviewer@example.com' });
			const reply = { kind: 'reply', threadId: thread.id, html: '<p>Until noon.</p>' };
			expect(outbox.slice(1)).toMatchObject(answer === 'approve' ? [reply] : []);
		},
	})),
	...replyToAllCases,
	...triageCases,
];

test('no example, and no way to start one, is left out', () => {
	const names = (list: Array<{ file: string; from: string }>) => [
		...new Set(list.map(({ file, from }) => `${file}, from ${from}`)),
	];
	const possible = starts.filter(({ file }) => hasGates || file !== 'agent-asks-before-it-acts');
	expect(names(CASES).sort()).toEqual(names(possible).sort());
});

describe.each(dialects)('%s', (dialect) => {
	const fixture = useSandbox(dialect);

	test.each(CASES)('$file, from $from: $about', async ({ file, from, about, run }) => {
		const name = [file, from, about].join();
		const apiKey = await fixture.control.addKey({ name, scopes: ['admin'] });
		const credential = fixture.credential({ apiKey });
		const perform = async (
			outside: Partial<Outside> = {},
			startAt: string = from,
		): Promise<Truth> => {
			await runExample(file, startAt, credential, outside);
			const { control } = fixture;
			return { outbox: await control.outbox(), now: await control.snapshot() };
		};
		await run({ fixture, dialect, seed: fixture.seed, credential, perform });
	});
});
