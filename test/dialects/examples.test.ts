/** Each example on a server of each dialect, started in every way in which it can be started. */
import type { IDataObject } from 'n8n-workflow';

import { dialects, type OutboxMail, type Snapshot } from '../../sandbox';
import { useSandbox } from '../engine/sandboxFixture';
import { arrive, type ExampleCase, type ExampleWorld, type Truth } from './examples/exampleWorld';
import { followUpCases } from './examples/followUpCases';
import { replyToAllCases } from './examples/replyToAllCases';
import { runExample, starts } from './examples/runExample';
import type { AgentTool, Outside } from './examples/standIns';

const isWaiting = (row: Snapshot['threads'][number]) =>
	!row.is_read && row.last_message_direction === 'inbound';

async function triage({ fixture, perform }: ExampleWorld): Promise<void> {
	await fixture.control.receive({ subject: 'Webinar: signs', fromEmail: 'no-reply@signs.example' });
	const seed = await fixture.control.snapshot();
	const { now, outbox } = await perform();
	expect(outbox).toEqual([]);
	const changed = now.threads
		.map((row) => ({ row, before: seed.threads.find(({ id }) => id === row.id) }))
		.filter(({ row, before }) => row.is_read !== before?.is_read || row.status !== before.status);
	const waiting = seed.threads.filter(isWaiting);
	expect(waiting.length).toBeGreaterThan(2);
	expect(changed.map(({ row }) => row.id).sort()).toEqual(waiting.map(({ id }) => id).sort());
	expect(changed.every(({ row }) => row.is_read)).toBe(true);
	const archived = changed.filter(({ row }) => row.status === 'archived');
	expect(archived.map(({ row }) => row.subject)).toEqual(['Webinar: signs']);
}

async function reportBounces({ seed, perform }: ExampleWorld): Promise<void> {
	const { outbox } = await perform();
	const bounced = seed.logs.filter(({ status }) => status === 'bounced');
	expect(bounced.length).toBeGreaterThan(1);
	expect(outbox).toMatchObject([
		{ to: 'team@example.com', subject: `${bounced.length} bounced emails` },
	]);
	const listed = [...outbox[0].html.matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text);
	expect(listed.sort()).toEqual(
		bounced.map(({ recipient_email, subject }) => `${recipient_email}: ${subject}`).sort(),
	);
}

const LEAFLET = { subject: 'Your leaflet', attachments: [{ filename: 'leaflet.txt' }] };

/** Reads the thread with the example's tool, and drafts an answer. */
const drafts =
	(threadId: string) =>
	async (tools: AgentTool[]): Promise<string> => {
		expect(tools.map(({ name }) => name)).toEqual(['Read_thread']);
		const answer = await tools[0].invoke({ Thread_ID: threadId });
		return `<p>Draft after ${answer.includes('Are you open on Sunday?') ? 'reading' : 'guessing'}</p>`;
	};

async function review(world: ExampleWorld, entered: IDataObject): Promise<OutboxMail[]> {
	const { thread, items } = await arrive(world, 'agent-draft-approval-reply');
	const { outbox } = await world.perform({ items, entered, agent: drafts(String(thread.id)) });
	const [asked, ...others] = outbox;
	expect(asked).toMatchObject({
		to: 'reviewer@example.com',
		subject: 'Answer to check: Opening hours',
		html: expect.stringMatching(/mia@example\.com wrote .*href="http/),
	});
	for (const mail of others) {
		expect(mail).toMatchObject({ kind: 'reply', threadId: thread.id, to: 'mia@example.com' });
	}
	return others;
}

const CASES: ExampleCase[] = [
	...['Every hour', 'Run now'].map((from) => ({
		file: 'thread-triage',
		from,
		about: 'reads or archives exactly the unread inbound threads',
		run: triage,
	})),
	...['Every Monday', 'Run now'].map((from) => ({
		file: 'bounced-mail-report',
		from,
		about: 'reports every bounced email, and no other',
		run: reportBounces,
	})),
	{
		file: 'crm-triggered-send',
		from: 'Try it',
		about: 'sends one email, linked to a contact with that address',
		run: async ({ seed, perform }) => {
			const { outbox } = await perform();
			expect(outbox).toHaveLength(1);
			const [{ to, linked, subject }] = outbox;
			const thread = seed.threads.find(({ participants }) =>
				participants.some(({ email }) => email === to),
			);
			const { contacts } = thread?.linked_entities ?? { contacts: [] };
			expect(contacts.map(({ id }) => id)).toContain(linked.contact_id);
			expect(subject).toBe(`Welcome, ${thread?.participants[0].name.split(' ')[0]}`);
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
		from: 'Try it',
		about: 'sends the sample lead one email with a file',
		run: async ({ perform }) => {
			const { outbox } = await perform();
			expect(outbox).toMatchObject([{ to: 'nathan@example.com', ...LEAFLET }]);
		},
	},
	{
		file: 'new-lead-with-attachment',
		from: 'Lead form',
		about: 'sends each lead one email with a file',
		run: async ({ perform }) => {
			const items = ['Ada', 'Grace'].map((name) => ({ name, email: `${name}@example.com` }));
			const { outbox } = await perform({ items });
			expect(outbox).toMatchObject(
				items.map(({ name, email }) => ({
					to: email,
					html: expect.stringContaining(`Hello ${name},`),
					...LEAFLET,
				})),
			);
			expect(outbox[0].attachments[0].size).toBe(
				'Leaflet for Ada\n\nEverything you asked for.'.length,
			);
		},
	},
	{
		file: 'inbound-reply',
		from: 'New message',
		about: 'answers a new email in its thread once, and marks that thread as read',
		run: async (world) => {
			const { thread, items } = await arrive(world, 'inbound-reply');
			const { now, outbox } = await world.perform({ items });
			expect(outbox).toMatchObject([{ kind: 'reply', threadId: thread.id, to: 'mia@example.com' }]);
			const unread = ({ threads }: Snapshot) =>
				threads.filter(({ is_read }) => !is_read).map(({ id }) => id);
			expect(unread(now).sort()).toEqual(unread(world.seed).sort());
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends the draft that a person has approved',
		run: async (world) => {
			const replies = await review(world, { decision: 'Send' });
			expect(replies.map(({ html }) => html)).toEqual(['<p>Draft after reading</p>']);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends what a person has written instead',
		run: async (world) => {
			const answer = '<p>Yes, until noon.</p>';
			const replies = await review(world, { answer, decision: 'Send' });
			expect(replies.map(({ html }) => html)).toEqual([answer]);
		},
	},
	{
		file: 'agent-draft-approval-reply',
		from: 'New message',
		about: 'sends nothing that a person has declined',
		run: async (world) => {
			expect(await review(world, { decision: 'Do not send' })).toEqual([]);
		},
	},
	...followUpCases,
	...replyToAllCases,
];

test('no example, and no way to start one, is left out', () => {
	const names = (list: Array<{ file: string; from: string }>) => [
		...new Set(list.map(({ file, from }) => `${file}, from ${from}`)),
	];
	expect(names(CASES).sort()).toEqual(names(starts).sort());
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
		await run({ fixture, seed: fixture.seed, credential, perform });
	});
});
