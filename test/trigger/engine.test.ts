import type { IDataObject } from 'n8n-workflow';

import { useSandbox } from '../engine/sandboxFixture';
import { keepsFailure } from '../engine/n8nCore';
import type { HostOptions } from './support/host';
import { Host } from './support/host';

const fixture = useSandbox();

function host(options: Partial<HostOptions> = {}): Host {
	return new Host({ credential: fixture.credential(), ...options });
}

/** Receives emails, a second apart. @returns their IDs */
async function receive(count: number, mail = {}): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) {
		await fixture.control.advanceClock(1_000);
		ids.push(String((await fixture.control.receive(mail)).message.id));
	}
	return ids;
}

const idsOf = (executions: IDataObject[][]) => executions.flat().map(({ id }) => id);

/** The failure details that each failed poll gives n8n's durable scheduler. */
const failuresOf = ({ failures }: Host) =>
	failures.map((error) => (error as { failure?: unknown }).failure);

/** The expected details, on the versions of n8n that have this scheduler. */
const expectedFailure = (failure: IDataObject) =>
	keepsFailure ? expect.objectContaining(failure) : undefined;

async function takePaths(): Promise<string[]> {
	const requests = await fixture.requests();
	await fixture.control.clearRequests();
	return requests.map(({ path }) => path);
}

describe('the trigger in n8n’s poll executor', () => {
	it('starts from now: the activation emits nothing and saves its state', async () => {
		const n8n = host();
		await n8n.activate();
		await n8n.tick();
		expect(n8n.executions).toEqual([]);
		expect(JSON.parse(n8n.database)).toHaveProperty(['node:Trigger', 'inbox', 'version'], 1);
	});

	it('emits an email once, saves its state with it, and continues from there after a restart', async () => {
		const n8n = host();
		await n8n.activate();
		const [first] = await receive(1, {
			subject: 'Hello',
			fromEmail: 'ann@example.com',
			text: 'Hi',
		});
		await n8n.tick();
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([first]);
		expect(n8n.executions[0][0]).toMatchObject({
			subject: 'Hello',
			from_email: 'ann@example.com',
			text: 'Hi',
		});
		expect(JSON.parse(n8n.database)).toEqual(n8n.memory);

		n8n.restart();
		const [second] = await receive(1);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([first, second]);
	});

	it('continues from its activation when the durable scheduler discards the state', async () => {
		const n8n = host();
		await n8n.activate();
		n8n.give({});
		const [mail] = await receive(1);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([mail]);
	});

	it('emits nothing twice when the durable scheduler gives a poll the previous state', async () => {
		const n8n = host();
		await n8n.activate();
		const before = n8n.memory;
		const [mail] = await receive(1);
		await n8n.tick();
		const after = n8n.memory;
		n8n.give(before);
		await n8n.tick();
		n8n.give(after);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([mail]);
	});

	it('emits again what n8n has not stored within a minute', async () => {
		const n8n = host();
		await n8n.activate();
		const before = n8n.memory;
		const [mail] = await receive(1);
		await n8n.tick();
		n8n.give(before);
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
		await n8n.tick();
		clock.mockRestore();
		expect(idsOf(n8n.executions)).toEqual([mail, mail]);
	});

	it('does not rely on a save after a poll that emitted nothing', async () => {
		const n8n = host();
		await n8n.activate();
		const before = n8n.database;
		const [thread] = fixture.seed.threads;
		await fixture.control.advanceClock(1_000);
		await fixture.control.writeOutbound(String(thread.id));
		await n8n.tick();
		expect(n8n.database).toBe(before);
		n8n.restart();
		const [mail] = await receive(1, { threadId: thread.id });
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([mail]);
	});

	it('keeps its state when a poll fails, and emits the same mail in the next one', async () => {
		const n8n = host();
		await n8n.activate();
		const mails = await receive(3);
		const before = n8n.memory;
		await fixture.control.addFault({
			kind: 'status',
			status: 500,
			path: '/email/threads/*',
			skip: 2,
			times: 4,
		});
		await n8n.tick();
		expect(n8n.failures).toHaveLength(1);
		expect(n8n.failures[0]).toMatchObject({ httpCode: '500' });
		expect(n8n.memory).toEqual(before);
		expect(n8n.executions).toEqual([]);

		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual(mails);
	});

	it('fails the activation when the key is refused', async () => {
		const n8n = host({ credential: fixture.credential({ apiKey: 'wrong-key' }) });
		await expect(n8n.activate()).rejects.toMatchObject({ httpCode: '401' });
		expect(n8n.database).toBe('{}');
	});

	it('gives n8n’s scheduler the cause of a failed poll', async () => {
		const n8n = host();
		await n8n.activate();
		await fixture.control.addFault({ kind: 'status', status: 401, times: null });
		await n8n.tick();
		await fixture.control.clearFaults();
		expect(n8n.failures[0]).toMatchObject({ httpCode: '401' });
		expect(failuresOf(n8n)).toEqual([expectedFailure({ cause: 'credential-invalid' })]);
	});

	it('emits once when two polls of one node overlap', async () => {
		const n8n = host();
		await n8n.activate();
		const mails = await receive(2);
		await fixture.control.addFault({ kind: 'delay', delayMs: 50, times: 1 });
		await Promise.all([n8n.tick(), n8n.tick(), n8n.tick()]);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual(mails);
		expect(n8n.executions).toHaveLength(1);
	});

	it('polls again after a poll that failed', async () => {
		const n8n = host();
		await n8n.activate();
		await fixture.control.addFault({ kind: 'status', status: 403, times: 1 });
		await n8n.tick();
		const mails = await receive(1);
		await n8n.tick();
		expect(n8n.failures).toHaveLength(1);
		expect(idsOf(n8n.executions)).toEqual(mails);
	});

	it('separates two triggers of one workflow, and two copies of a workflow', async () => {
		const two = host({ nodes: { One: {}, Two: { filters: { sender: 'ann@' } } } });
		const copy = host({ workflowId: 'w2' });
		await Promise.all([two.activate('One'), two.activate('Two'), copy.activate()]);
		const [ann] = await receive(1, { fromEmail: 'ann@example.com' });
		const [bob] = await receive(1, { fromEmail: 'bob@example.com' });
		await Promise.all([two.tick('One'), two.tick('Two'), copy.tick()]);
		await Promise.all([two.tick('One'), two.tick('Two'), copy.tick()]);
		expect(idsOf(two.executions).sort()).toEqual([ann, ann, bob].sort());
		expect(idsOf(copy.executions)).toEqual([ann, bob]);
	});

	it('skips a thread that is deleted before it is read, without failing', async () => {
		const n8n = host();
		await n8n.activate();
		const mails = await receive(3);
		await fixture.control.addFault({
			kind: 'status',
			status: 404,
			path: '/email/threads/*',
			skip: 1,
			times: 1,
		});
		await n8n.tick();
		expect(n8n.failures).toEqual([]);
		expect(idsOf(n8n.executions)).toEqual([mails[0], mails[2]]);
	});

	it('catches up oldest first, with at most Max Messages per execution', async () => {
		const n8n = host({ parameters: { options: { maxMessages: 4 } } });
		await n8n.activate();
		const mails = await receive(10);
		for (let poll = 0; poll < 4; poll++) await n8n.tick();
		expect(n8n.executions.map((items) => items.length)).toEqual([4, 4, 2]);
		expect(idsOf(n8n.executions)).toEqual(mails);
	});

	it.each([36_000, 300_000, null])('works with a poll budget of %p', async (budgetMs) => {
		const n8n = host({ budgetMs });
		await n8n.activate();
		const mails = await receive(2);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual(mails);
	});

	it('fails as temporarily unavailable when the rate limiter delays it beyond the deadline', async () => {
		const limited = await fixture.control.addKey({ scopes: ['email:read'] });
		const credential = { ...fixture.credential({ apiKey: limited }) };
		const n8n = host({ budgetMs: 2_000, credential });
		await n8n.activate();
		const before = n8n.memory;
		credential.requestsPerMinute = 1;
		await n8n.tick();
		expect(n8n.failures).toMatchObject([{ message: 'The poll ran out of time' }]);
		expect(failuresOf(n8n)).toEqual([expectedFailure({ cause: 'temporarily-unavailable' })]);
		expect(n8n.memory).toEqual(before);
	});

	it('gives n8n’s scheduler a Retry-After that is longer than a poll', async () => {
		// A new key, because the rate limiter of a key is remembered beyond this test.
		const limited = await fixture.control.addKey({ scopes: ['email:read'] });
		const n8n = host({ budgetMs: 20_000, credential: fixture.credential({ apiKey: limited }) });
		await n8n.activate();
		const before = n8n.memory;
		const headers = { 'retry-after': '60' };
		await fixture.control.addFault({ kind: 'status', status: 429, headers, times: null });
		await n8n.tick();
		expect(n8n.failures).toMatchObject([{ httpCode: '429' }]);
		expect(failuresOf(n8n)).toEqual([
			expectedFailure({ cause: 'rate-limited', retryAfterMs: 60_000 }),
		]);
		expect(n8n.memory).toEqual(before);
	});

	it('fails with the daily limit, which n8n’s scheduler learns the end of', async () => {
		const limited = await fixture.control.addKey({ scopes: ['email:read'] });
		const n8n = host({ budgetMs: 20_000, credential: fixture.credential({ apiKey: limited }) });
		await n8n.activate();
		const before = n8n.memory;
		await fixture.control.set({ dailyLimit: 0 });
		await n8n.tick();
		await fixture.control.set({ dailyLimit: null });
		expect(n8n.failures).toMatchObject([{ message: 'The daily limit of the API key is used up' }]);
		expect(n8n.memory).toEqual(before);
	});

	it('emits what it has read when the deadline passes', async () => {
		const n8n = host({ budgetMs: 1_500 });
		await n8n.activate();
		const mails = await receive(3);
		await fixture.control.addFault({ kind: 'hang', path: '/email/threads/*', skip: 1, times: 2 });
		await n8n.tick();
		await fixture.control.clearFaults();
		expect(n8n.failures).toEqual([]);
		expect(idsOf(n8n.executions)).toEqual(mails.slice(0, 1));
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual(mails);
	});

	it('refuses options that are not whole numbers', async () => {
		const n8n = host({ parameters: { options: { maxMessages: 0 } } });
		await expect(n8n.activate()).rejects.toThrow(
			"'Max Messages' must be a whole number of at least 1",
		);
	});
});

describe('the requests of a poll', () => {
	it.each([0, 1, 2, 5, 20])('are 1 + %i for that many changed threads', async (changed) => {
		const n8n = host();
		await n8n.activate();
		await receive(changed);
		await takePaths();
		await n8n.tick();
		expect(await takePaths()).toHaveLength(1 + changed);
		await n8n.tick();
		expect(await takePaths()).toEqual(['/email/threads']);
	});

	it('never mark mail as read, and list threads of both directions', async () => {
		const n8n = host();
		await n8n.activate();
		await receive(2);
		await n8n.tick();
		const requests = await fixture.requests();
		expect(requests.map(({ method }) => method)).toEqual(requests.map(() => 'GET'));
		expect(requests.filter(({ query }) => 'direction' in query)).toEqual([]);
		const { threads } = await fixture.control.snapshot();
		expect(threads[0]).toMatchObject({ is_read: false });
	});
});

describe('a test event in the editor', () => {
	it('shows the newest inbound message and changes no state', async () => {
		const n8n = host();
		const [, mail] = await receive(2);
		await fixture.control.advanceClock(1_000);
		const { threads } = await fixture.control.snapshot();
		await fixture.control.writeOutbound(String(threads[1].id));
		const output = await n8n.test();
		expect(output?.[0].map(({ json }) => json.id)).toEqual([mail]);
		expect(n8n.memory).toEqual({});

		await n8n.activate();
		const before = n8n.memory;
		await n8n.test();
		expect(n8n.memory).toEqual(before);
	});

	it('applies the filters', async () => {
		const n8n = host({ parameters: { filters: { subject: 'OFFER' } } });
		const [mail] = await receive(1, { subject: 'Your offer' });
		await receive(2, { subject: 'Something else' });
		expect((await n8n.test())?.[0][0].json.id).toBe(mail);
	});

	it('fails with a short message when there is nothing to show', async () => {
		const n8n = host({ parameters: { filters: { sender: 'nobody@nowhere.example' } } });
		await expect(n8n.test()).rejects.toThrow('There is no inbound message to show');
	});
});
