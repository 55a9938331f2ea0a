import { readExamples } from '../../lab/demo/examples';
import { nodeError, type CredentialReference, type Execution } from '../../lab/n8n';
import { chain, manualStart, N8nFixture, node } from './support/n8nFixture';
import { readFacts } from './support/running';
import { ScriptedModel, type TurnScript } from './support/scriptedModel';
import { linkIn, post, statusOf, untilWaiting } from './support/waiting';

const DONE: TurnScript = () => ({ say: 'done' });

/** The example agent-asks-before-it-acts, started by hand. */
describe('the gate in front of an agent’s tool', () => {
	const fixture = new N8nFixture();
	let trustPager: CredentialReference;
	let model: ScriptedModel | undefined;
	let threadId = '';

	beforeAll(async () => (trustPager = await fixture.credential()));
	beforeEach(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		const mail = { subject: 'Opening hours', fromEmail: 'mia@example.com', text: 'On Sunday?' };
		threadId = (await fixture.sandbox.receive(mail)).thread.id;
	});
	afterEach(async () => await model?.stop());

	const call = (html: string): TurnScript => {
		const toolParameters = { Thread_ID: threadId, Reply_HTML: html };
		return () => ({ tool: 'Reply', args: { toolParameters, hitlParameters: {} } });
	};

	/** Starts the example with a model that follows this script. @returns the execution's ID */
	async function start(
		script: TurnScript[],
		change: (gate: Record<string, unknown>) => void = () => undefined,
	): Promise<string> {
		model = await ScriptedModel.start(...script);
		const data = { apiKey: 'scripted', url: model.url };
		const openAiApi = await fixture.n8n.createCredential('Scripted model', 'openAiApi', data);
		const example = readExamples(trustPager).find(
			({ file }) => file === 'agent-asks-before-it-acts',
		);
		const workflow = structuredClone(example?.workflow);
		if (workflow === undefined) throw new Error('The example is not there');
		const [trigger] = workflow.nodes.filter(({ name }) => name === 'New message');
		const mail = { thread_id: threadId, from_email: 'mia@example.com', subject: 'Opening hours' };
		Object.assign(trigger, {
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(mail), options: {} },
			credentials: undefined,
		});
		for (const one of workflow.nodes) {
			if (one.credentials?.openAiApi) one.credentials = { openAiApi };
			if (one.name === 'Ask a person') change(one as unknown as Record<string, unknown>);
		}
		const begin = chain('begin', manualStart(), node('New message', '', 1, {})).connections;
		const { id } = await fixture.n8n.createWorkflow({
			...workflow,
			nodes: [...workflow.nodes, manualStart()],
			connections: { ...workflow.connections, ...begin },
		});
		return await fixture.n8n.startRun(id, 'Start');
	}

	const replies = async () =>
		(await fixture.sandbox.outbox()).filter(({ kind }) => kind === 'reply');

	/** The latest email to the reviewer, once the execution waits for its answer. */
	async function asked(executionId: string, number: number) {
		return await fixture.n8n.until(`question ${number}`, 90_000, async () => {
			const mails = await fixture.sandbox.outbox();
			const questions = mails.filter(({ to }) => to === 'reviewer@example.com');
			if (questions.length < number) {
				const { status } = await statusOf(fixture.n8n, executionId);
				if (status !== 'success' && status !== 'error') return undefined;
				const ended = await fixture.n8n.execution(executionId);
				throw new Error(`Nobody was asked: ${JSON.stringify(ended.data?.resultData)}`);
			}
			await untilWaiting(fixture.n8n, executionId);
			return questions[number - 1];
		});
	}

	async function end(executionId: string): Promise<Execution> {
		const execution = await fixture.n8n.waitForEnd(executionId);
		expect(nodeError(execution)).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	}

	if (readFacts().version === '1.123') {
		it('this n8n has no gate, and refuses to run the workflow', async () => {
			await expect(start([DONE])).rejects.toThrow("reading 'execute'");
			expect(await fixture.sandbox.outbox()).toEqual([]);
		});
		return;
	}

	it('waits with the call, shows it, and makes it once a person approves', async () => {
		const html = '<p>Yes, until noon.</p>';
		const id = await start([call(html), DONE]);
		const mail = await asked(id, 1);
		expect(mail.html).toContain('&lt;p&gt;Yes, until noon.&lt;/p&gt;');
		const page = await (await fetch(linkIn(mail))).text();
		expect(page).toContain('&lt;p&gt;Yes, until noon.&lt;/p&gt;');
		expect(page).toMatch(/>Send<.*>Do not send</);
		expect(await replies()).toEqual([]);
		expect((await post(linkIn(mail), { answer: 'approve' })).status).toBe(200);
		await end(id);
		expect(await replies()).toEqual([expect.objectContaining({ threadId, html })]);
		expect(model?.answers[0]).toContain('sent');
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('does not make a call that is declined, and tells the agent', async () => {
		const id = await start([call('<p>No.</p>'), DONE]);
		await post(linkIn(await asked(id, 1)), { answer: 'decline' });
		await end(id);
		expect(await replies()).toEqual([]);
		expect(model?.answers[0]).toMatch(/rejected/i);
	});

	it('asks about each call, and the link of one decides no other', async () => {
		const id = await start([call('<p>One</p>'), call('<p>Two</p>'), DONE]);
		const first = linkIn(await asked(id, 1));
		await post(first, { answer: 'decline' });
		const second = linkIn(await asked(id, 2));
		expect(second).not.toBe(first);
		const stale = await post(first, { answer: 'approve' });
		expect(await stale.text()).toContain('Already answered');
		const page = await (await fetch(second)).text();
		expect(page).toContain('Two');
		expect(page).not.toContain('One');
		expect(await replies()).toEqual([]);
		await post(second, { answer: 'approve' });
		await end(id);
		expect((await replies()).map(({ html }) => html)).toEqual(['<p>Two</p>']);
	});

	it('takes the call for declined when nobody answers in time', async () => {
		const id = await start([call('<p>Late</p>'), DONE], (gate) => {
			const values = { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' };
			Object.assign(gate.parameters as object, { options: { limitWaitTime: { values } } });
		});
		const mail = await asked(id, 1);
		await end(id);
		expect(await replies()).toEqual([]);
		expect(model?.answers[0]).toMatch(/rejected/i);
		await post(linkIn(mail), { answer: 'approve' });
		expect(await replies()).toEqual([]);
	}, 180_000);

	it('makes no call when nobody could be asked', async () => {
		const id = await start([call('<p>Unasked</p>'), DONE], (gate) => {
			Object.assign(gate.parameters as object, { toEmail: 'undeliverable@example.com' });
		});
		await fixture.n8n.waitForEnd(id);
		expect(await replies()).toEqual([]);
	});
});
