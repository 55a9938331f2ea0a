import { jsonOf, nodeError, type CredentialReference, type Execution } from '../../lab/n8n';
import { N8nFixture, chain, manualStart, sendToEach } from './support/n8nFixture';

/** Faults in a booted n8n, with its own Retry On Fail and its own Stop button. */
describe('faults in n8n', () => {
	const fixture = new N8nFixture();
	let credential: CredentialReference;

	beforeAll(async () => {
		credential = await fixture.credential();
	});

	beforeEach(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		// The worst case: a server that ignores Idempotency-Key.
		await fixture.sandbox.set({ idempotency: 'ignored' });
	});

	const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

	async function run(to: string[], settings: object): Promise<Execution> {
		return await fixture.runChain(...sendToEach(to, credential, { settings }));
	}

	async function sendRequests(): Promise<number> {
		const requests = await fixture.sandbox.requests();
		return requests.filter(({ path }) => path === '/email/send').length;
	}

	it('Retry On Fail: an email whose answer was lost is found in the send log and not sent again', async () => {
		await fixture.sandbox.addFault({
			path: '/email/send',
			kind: 'resetBeforeHeaders',
			effect: 'after',
			times: 1,
		});
		const execution = await run(['ann@example.com'], RETRY);
		expect(jsonOf(execution, 'Send')).toMatchObject([{ outcome: 'sent', found_in_log: true }]);
		expect(await fixture.sandbox.outbox()).toHaveLength(1);
		expect(await sendRequests()).toBe(1);
	});

	it('Retry On Fail: an unknown outcome is reported, and the request is not repeated', async () => {
		await fixture.sandbox.addFault({
			path: '/email/send',
			kind: 'status',
			status: 502,
			times: null,
		});
		const execution = await run(['ann@example.com'], RETRY);
		expect(nodeError(execution, 'Send')?.message).toBe(
			'It is unknown whether the email to ann@example.com was sent',
		);
		expect(await fixture.sandbox.outbox()).toEqual([]);
		expect(await sendRequests()).toBe(1);
	});

	it('Retry On Fail: a refused item does not make the accepted ones be sent again', async () => {
		const execution = await run(
			['ann@example.com', 'undeliverable@example.com', 'bob@example.com'],
			RETRY,
		);
		expect(execution.status).toBe('error');
		const sent = (await fixture.sandbox.outbox()).map(({ to }) => to);
		expect(new Set(sent).size).toBe(sent.length);
	});

	it('Stop ends a wait for the rate limit, and the waiting email is never sent', async () => {
		await fixture.sandbox.addFault({
			path: '/email/send',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '4' },
			times: 1,
		});
		const workflow = await fixture.n8n.createWorkflow(
			chain('stop', manualStart(), ...sendToEach(['ann@example.com'], credential)),
		);
		const id = await fixture.n8n.startRun(workflow.id, 'Start');
		await fixture.n8n.until('the 429 has arrived', 30_000, async () =>
			(await sendRequests()) > 0 ? true : undefined,
		);
		const [refused] = await fixture.sandbox.requests();
		await fixture.n8n.stopExecution(id);
		const execution = await fixture.n8n.waitForEnd(id, 30_000);
		expect(execution.status).toBe('canceled');

		await fixture.n8n.until('the server would accept it', 30_000, async () =>
			Date.now() > refused.at + 6_000 ? true : undefined,
		);
		expect(await fixture.sandbox.outbox()).toEqual([]);
		expect(await sendRequests()).toBe(1);
	});
});
