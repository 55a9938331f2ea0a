import { jsonOf, nodeError, type CredentialReference, type Execution } from '../../../lab/n8n';
import { N8nFixture, node, trustPager } from '../support/n8nFixture';

const REFUSED = 'undeliverable@example.com';
const SENT = 'ann@example.com';

/** The settings of a node that meet an error, with one refused mail and one that leaves. */
describe('On Error', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;

	beforeAll(async () => {
		credential = await fixture.credential();
	});

	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	async function run(onError: string): Promise<Execution> {
		const rows = node('Rows', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ rows: [{ to: REFUSED }, { to: SENT }] }),
			options: {},
		});
		const each = node('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows' });
		const parameters = {
			resource: 'email',
			operation: 'send',
			toEmail: '={{ $json.to }}',
			subject: 'On Error',
			htmlBody: '<p>Hello</p>',
		};
		const send = { ...trustPager('Send', parameters, credential), onError };
		return await fixture.runChain(rows, each, send);
	}

	const failed = { error: expect.stringMatching(/^The email was not delivered\. .+/) };

	it('Stop Workflow: the execution fails with the words of the API', async () => {
		const execution = await run('stopWorkflow');
		expect(execution.status).toBe('error');
		expect(nodeError(execution, 'Send')?.message).toBe('The email was not delivered');
	});

	it('Continue: the error is an item, in the place of its mail', async () => {
		const execution = await run('continueRegularOutput');
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'Send')).toEqual([
			expect.objectContaining(failed),
			expect.objectContaining({ outcome: 'sent' }),
		]);
		expect((await fixture.sandbox.outbox()).map(({ to }) => to)).toEqual([SENT]);
	});

	it('Continue (using error output): each item comes out where it belongs', async () => {
		const execution = await run('continueErrorOutput');
		expect(execution.status).toBe('success');
		expect(jsonOf(execution, 'Send')).toEqual([expect.objectContaining({ outcome: 'sent' })]);
		expect(jsonOf(execution, 'Send', 1)).toEqual([expect.objectContaining(failed)]);
		expect((await fixture.sandbox.outbox()).map(({ to }) => to)).toEqual([SENT]);
	});
});
