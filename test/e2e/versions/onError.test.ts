import { jsonOf, nodeError, type CredentialReference, type Execution } from '../../../lab/n8n';
import { N8nFixture, sendToEach } from '../support/n8nFixture';

const REFUSED = 'undeliverable@example.com';
const SENT = 'ann@example.com';

/** Each On Error setting of a node, with one refused email and one that is sent. */
describe('On Error', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;

	beforeAll(async () => {
		credential = await fixture.credential();
	});

	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	async function run(onError: string): Promise<Execution> {
		return await fixture.runChain(
			...sendToEach([REFUSED, SENT], credential, { settings: { onError } }),
		);
	}

	const failed = { error: expect.stringMatching(/^The email was not delivered\. .+/) };

	it("Stop Workflow: the execution fails with the API's own message", async () => {
		const execution = await run('stopWorkflow');
		expect(execution.status).toBe('error');
		expect(nodeError(execution, 'Send')?.message).toBe('The email was not delivered');
	});

	it('Continue: the error is an item in the place of its email', async () => {
		const execution = await run('continueRegularOutput');
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'Send')).toEqual([
			expect.objectContaining(failed),
			expect.objectContaining({ outcome: 'sent' }),
		]);
		expect((await fixture.sandbox.outbox()).map(({ to }) => to)).toEqual([SENT]);
	});

	it('Continue (using error output): each item is in its output', async () => {
		const execution = await run('continueErrorOutput');
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'Send')).toEqual([expect.objectContaining({ outcome: 'sent' })]);
		// The item's own fields survive, a field called `message` too.
		expect(jsonOf(execution, 'Send', 1)).toEqual([
			{ ...failed, to: REFUSED, message: `For ${REFUSED}` },
		]);
		expect((await fixture.sandbox.outbox()).map(({ to }) => to)).toEqual([SENT]);
	});
});
