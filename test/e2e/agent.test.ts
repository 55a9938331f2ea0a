 
import { readExamples } from '../../lab/demo/examples';
import { nodeError, type CredentialReference, type WorkflowJson } from '../../lab/n8n';
import { N8nFixture, EVERY_TWO_SECONDS, byId, manualStart, node } from './support/n8nFixture';
import { ScriptedModel, type TurnScript } from './support/scriptedModel';
import { linkIn, post } from './support/waiting';

const TOOL = 'n8n-nodes-trustpager.trustPagerTool';
const fromAi = (key: string, about: string): string =>
	`={{ $fromAI('${key}', \`${about}\`, 'string') }}`;

describe("n8n's AI agent", () => {
	const fixture = new N8nFixture();
	let trustPager: CredentialReference;
	let model: ScriptedModel | undefined;

	beforeAll(async () => (trustPager = await fixture.credential()));

	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	afterEach(async () => {
		await model?.stop();
		model = undefined;
	});

	/** Starts a model that follows this script. @returns its credential in n8n */
	async function modelThat(...script: TurnScript[]): Promise<CredentialReference> {
		model = await ScriptedModel.start(...script);
		const data = { apiKey: 'scripted', url: model.url };
		return await fixture.n8n.createCredential('Scripted model', 'openAiApi', data);
	}

	/** A workflow with this version of n8n's agent node and five TrustPager tools. */
	function agentWorkflow(version: number, openAi: CredentialReference): WorkflowJson {
		const tool = (name: string, parameters: Record<string, unknown>) => ({
			...node(name, TOOL, 1, { descriptionType: 'auto', ...parameters }),
			credentials: { trustPagerApi: { id: trustPager.id, name: trustPager.name } },
		});
		const threadId = byId(fromAi('Thread_ID', 'ID of the email thread'));
		const to = (type: string) => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
		return {
			name: `agent ${version}`,
			nodes: [
				manualStart(),
				node('Agent', '@n8n/n8n-nodes-langchain.agent', version, {
					promptType: 'define',
					text: 'Answer whoever asks about the quote.',
					options: {},
				}),
				{
					...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
						model: byId('scripted'),
						options: {},
					}),
					credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
				},
				tool('Find threads', {
					resource: 'thread',
					operation: 'getAll',
					limit: 5,
					filters: { search: fromAi('Search', 'Part of the subject') },
				}),
				tool('Read messages', { resource: 'thread', operation: 'getMessages', threadId }),
				tool('Reply', {
					resource: 'email',
					operation: 'reply',
					threadId,
					replyHtml: fromAi('Reply_HTML', 'Content of the reply, in HTML'),
				}),
				tool('Schedule', {
					resource: 'scheduledEmail',
					operation: 'create',
					toEmail: fromAi('To', 'Email address of the recipient'),
					subject: 'Following up',
					bodyFormat: 'text',
					htmlBody: fromAi('Text', 'Content of the email'),
					scheduledFor: fromAi('Scheduled_For', 'Date and time, in ISO 8601'),
				}),
				tool('Cancel', {
					resource: 'scheduledEmail',
					operation: 'cancel',
					scheduledEmailId: byId(fromAi('Scheduled_Email_ID', 'ID of the scheduled email')),
				}),
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: to('ai_languageModel'),
				'Find threads': to('ai_tool'),
				'Read messages': to('ai_tool'),
				Reply: to('ai_tool'),
				Schedule: to('ai_tool'),
				Cancel: to('ai_tool'),
			},
		};
	}

	async function runAgent(version: number, ...script: TurnScript[]): Promise<void> {
		const openAi = await modelThat(...script);
		const { id } = await fixture.n8n.createWorkflow(agentWorkflow(version, openAi));
		const execution = await fixture.n8n.run(id, 'Start');
		expect(nodeError(execution)).toBeUndefined();
		expect(execution.status).toBe('success');
	}

	const find = (search: string) => ({ tool: 'Find_threads', args: { Search: search } });
	const reply = (threadId: string, html: string) => ({
		tool: 'Reply',
		args: { Thread_ID: threadId, Reply_HTML: html },
	});
	const done = () => ({ say: 'done' });

	it.each([2, 3.1])('finds a thread, reads it and replies (agent %s)', async (version) => {
		let threadId = '';
		await runAgent(
			version,
			() => find('quote'),
			(answer) => {
				[{ id: threadId }] = JSON.parse(answer) as [{ id: string }];
				return { tool: 'Read_messages', args: { Thread_ID: threadId } };
			},
			(answer) => {
				const messages = JSON.parse(answer) as Array<{ text: string; from_name: string }>;
				const last = messages[messages.length - 1];
				return reply(threadId, `<p>Hello ${last.from_name}, you asked: ${last.text}</p>`);
			},
			done,
		);

		const [mail, ...others] = await fixture.sandbox.outbox();
		expect(others).toEqual([]);
		expect(mail).toMatchObject({ kind: 'reply', threadId, to: 'ben.whitlock@oakhollow.example' });
		expect(mail.html).toContain('Hello Ben Whitlock, you asked: Thank you! Does the price include');
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('offers the model typed fields and a description of each tool', async () => {
		await runAgent(3.1, done);
		expect(model?.tools.get('Reply')).toMatchObject({
			description: 'Reply to email thread in TrustPager',
			parameters: {
				properties: {
					Thread_ID: { type: 'string', description: 'ID of the email thread' },
					Reply_HTML: { type: 'string', description: 'Content of the reply, in HTML' },
				},
			},
		});
		expect(model?.tools.get('Find_threads')?.description).toBe('Get many threads in TrustPager');
	});

	it.each([2, 3.1])('follows the advice in an error (agent %s)', async (version) => {
		const html = '<p>The price includes the test prints.</p>';
		await runAgent(
			version,
			() => reply('00000000-0000-4000-8000-000000000000', html),
			(answer) => (answer.includes('Thread not found') ? find('quote') : done()),
			(answer) => reply((JSON.parse(answer) as [{ id: string }])[0].id, html),
			done,
		);
		expect(model?.answers[0]).toContain('Thread not found in this workspace');
		expect(model?.answers[0]).toContain('Check the ID');
		expect(await fixture.sandbox.outbox()).toEqual([expect.objectContaining({ html })]);
	});

	it.each([2, 3.1])('schedules an email and cancels it, once (agent %s)', async (version) => {
		const follow = (Scheduled_For: string) => ({
			tool: 'Schedule',
			args: { To: 'mia@example.com', Text: 'Is there news?', Scheduled_For },
		});
		const cancel = (answer: string) => {
			const [{ id }] = JSON.parse(answer) as [{ id: string }];
			return { tool: 'Cancel', args: { Scheduled_Email_ID: id } };
		};
		let scheduled = '';
		await runAgent(
			version,
			() => follow('2001-06-03T09:00:00Z'),
			() => follow('2099-06-03T09:00:00Z'),
			(answer) => cancel((scheduled = answer)),
			() => ({
				tool: 'Cancel',
				args: { Scheduled_Email_ID: '00000000-0000-4000-8000-000000000000' },
			}),
			done,
		);
		expect(scheduled).toContain('pending');
		expect(model?.answers).toEqual([
			expect.stringMatching(/'Send At' is in the past/),
			scheduled,
			expect.stringContaining('"cancelled":true'),
			expect.stringMatching(/not found/i),
		]);
		const rows = (await fixture.sandbox.snapshot()).scheduled.filter(
			({ payload }) => payload.to_email === 'mia@example.com',
		);
		expect(rows.map(({ status }) => status)).toEqual(['cancelled']);
		expect(await fixture.sandbox.outbox()).toEqual([]);
	});

	it('sends every reply of one run', async () => {
		const threads: string[] = [];
		await runAgent(
			3.1,
			() => find('the'),
			(answer) => {
				threads.push(...(JSON.parse(answer) as Array<{ id: string }>).map(({ id }) => id));
				return reply(threads[0], '<p>Noted.</p>');
			},
			() => reply(threads[1], '<p>Noted.</p>'),
			done,
		);
		const mails = await fixture.sandbox.outbox();
		expect(mails.map(({ threadId }) => threadId)).toEqual(threads.slice(0, 2));
	});

	it.each([
		['sends what a person has approved', 'Send', ['<p>Yes, until noon.</p>']],
		['sends nothing that a person has declined', 'Do not send', []],
	])('the example agent-draft-approval-reply %s', async (_title, decision, replies) => {
		const openAi = await modelThat(
			() => ({ tool: 'Read_thread', args: { Thread_ID: threadId } }),
			(answer) => ({
				say: `<p>Draft after ${answer.includes('Sunday') ? 'reading' : 'guessing'}</p>`,
			}),
		);
		let threadId = '';
		const example = readExamples(trustPager).find(
			({ file }) => file === 'agent-draft-approval-reply',
		);
		const nodes = (example?.workflow.nodes ?? []).map((one) => {
			if ('pollTimes' in one.parameters) {
				return { ...one, parameters: { ...one.parameters, pollTimes: EVERY_TWO_SECONDS } };
			}
			const { openAiApi } = one.credentials ?? {};
			return openAiApi === undefined ? one : { ...one, credentials: { openAiApi: openAi } };
		});
		const stored = await fixture.n8n.createWorkflow({
			name: 'approval',
			nodes,
			connections: example?.workflow.connections ?? {},
		});
		await fixture.n8n.activate(stored.id);
		try {
			await fixture.letPoll(2);
			const { thread } = await fixture.sandbox.receive({
				subject: 'Opening hours',
				fromEmail: 'mia@example.com',
				fromName: 'Mia Tanaka',
				text: 'Are you open on Sunday?',
			});
			threadId = thread.id;
			const [ask] = await fixture.n8n.until('the reviewer is asked', 60_000, async () => {
				const mails = await fixture.sandbox.outbox();
				return mails.length > 0 ? mails : undefined;
			});
			expect(ask.to).toBe('reviewer@example.com');
			await fixture.n8n.until('the execution waits', 60_000, async () => {
				const path = `/executions?workflowId=${stored.id}&status=waiting`;
				return (await fixture.n8n.api<{ data: unknown[] }>('GET', path)).data[0];
			});
			expect(await fixture.sandbox.outbox()).toEqual([ask]);

			const link = linkIn(ask);
			expect(await (await fetch(link)).text()).toContain('Draft after reading');
			const entered = { 'field-0': '<p>Yes, until noon.</p>', 'field-1': decision };
			await post(link, { answer: 'submit', ...entered });

			await fixture.n8n.until('the execution ends', 60_000, async () => {
				const [execution] = await fixture.n8n.executions(stored.id);
				return execution?.status === 'success' ? true : undefined;
			});
			const [, ...others] = await fixture.sandbox.outbox();
			expect(others.map(({ html }) => html)).toEqual(replies);
			for (const mail of others) {
				expect(mail).toMatchObject({ kind: 'reply', threadId, to: 'mia@example.com' });
			}
		} finally {
			await fixture.n8n.deactivate(stored.id);
		}
	});
});
