import { hasEnded, jsonOf, type CredentialReference, type Execution } from '../../lab/n8n';
import { N8nFixture, chain, node, pollingTrigger } from './support/n8nFixture';

describe('the trigger in n8n', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;
	let workflowId: string;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		credential = await fixture.credential();
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const workflow = await fixture.n8n.createWorkflow(
			chain('e2e trigger', pollingTrigger(credential), after),
		);
		workflowId = workflow.id;
		await fixture.n8n.activate(workflowId);
	});

	afterAll(async () => await fixture.n8n.deactivate(workflowId));

	async function waitForExecutions(count: number): Promise<Execution[]> {
		return await fixture.n8n.until(`${count} executions`, 60_000, async () => {
			const all = await fixture.n8n.executions(workflowId);
			const ended = all.filter(hasEnded);
			return ended.length >= count ? ended : undefined;
		});
	}

	it('starts from now: mail from before the activation starts no execution', async () => {
		await fixture.letPoll(2);
		expect(await fixture.n8n.executions(workflowId)).toEqual([]);
	});

	it('starts one execution for a new email, with its thread', async () => {
		const { thread, message } = await fixture.sandbox.receive({
			subject: 'Is the flat still free?',
			fromEmail: 'mia@example.com',
			fromName: 'Mia Tanaka',
			text: 'I would like to see it on Friday.',
		});
		const [execution] = await waitForExecutions(1);
		expect(execution.status).toBe('success');
		const items = jsonOf(execution, 'After');
		expect(items).toHaveLength(1);
		expect(JSON.stringify(items[0])).toContain(message.id);
		expect(JSON.stringify(items[0])).toContain(thread.id);

		await fixture.letPoll(3);
		expect(await fixture.n8n.executions(workflowId)).toHaveLength(1);
	});

	it('ignores our own answer and starts an execution for the next email in the same thread', async () => {
		const { threads } = await fixture.sandbox.snapshot();
		const thread = threads.find(({ subject }) => subject === 'Is the flat still free?');
		const threadId = thread?.id ?? '';
		await fixture.sandbox.writeOutbound(threadId, { text: 'It is.' });
		await fixture.letPoll(2);
		expect(await fixture.n8n.executions(workflowId)).toHaveLength(1);

		const { message } = await fixture.sandbox.receive({ threadId, text: 'Splendid, at ten then.' });
		const executions = await waitForExecutions(2);
		expect(JSON.stringify(jsonOf(executions[1], 'After'))).toContain(message.id);
	});

	it('leaves mail unread and complies with the API contract', async () => {
		const { threads } = await fixture.sandbox.snapshot();
		const thread = threads.find(({ subject }) => subject === 'Is the flat still free?');
		expect(thread?.is_read).toBe(false);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});
});
