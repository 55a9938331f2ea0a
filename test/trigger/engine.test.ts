import type { IDataObject } from 'n8n-workflow';

import { useSandbox } from '../engine/sandboxFixture';
import { keepsFailure } from '../engine/n8nCore';
import type { HostOptions } from './support/host';
import { Host } from './support/host';

const fixture = useSandbox();

function host(options: Partial<HostOptions> = {}): Host {
	return new Host({ credential: fixture.credential(), ...options });
}

/** Receives mails, a second apart, and gives back their ids. */
async function receive(count: number, mail = {}): Promise<string[]> {
	const ids: string[] = [];
	for (let number = 0; number < count; number++) {
		await fixture.control.advanceClock(1_000);
		ids.push(String((await fixture.control.receive(mail)).message.id));
	}
	return ids;
}

const idsOf = (executions: IDataObject[][]) => executions.flat().map(({ id }) => id);

/** What each failed poll tells n8n's durable scheduler. */
const failuresOf = ({ failures }: Host) =>
	failures.map((error) => (error as { failure?: unknown }).failure);

/** That word, on the versions of n8n that have such a scheduler. */
const told = (failure: IDataObject) =>
	keepsFailure ? expect.objectContaining(failure) : undefined;

async function takePaths(): Promise<string[]> {
	const requests = await fixture.requests();
	await fixture.control.clearRequests();
	return requests.map(({ path }) => path);
}

describe('the trigger in n8n’s poll executor', () => {
	it('starts now: the activation emits nothing and is saved', async () => {
		const n8n = host();
		await n8n.activate();
		await n8n.tick();
		expect(n8n.executions).toEqual([]);
		expect(JSON.parse(n8n.database)).toHaveProperty(['node:Trigger', 'inbox', 'version'], 1);
	});

	it('emits a mail once, saves with it, and goes on from there after a restart', async () => {
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

	it('goes on from its activation when the durable scheduler throws the state away', async () => {
		const n8n = host();
		await n8n.activate();
		n8n.give({});
		const [mail] = await receive(1);
		await n8n.tick();
		expect(idsOf(n8n.executions)).toEqual([mail]);
	});

	it('emits nothing again when the durable scheduler gives a poll the state of the one before', async () => {
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

	it('emits again what n8n has not stored a minute later', async () => {
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

	it('needs no save of a poll that emitted nothing', async () => {
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

	it('leaves its state alone when a poll fails, and finds the same again', async () => {
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

	it('tells n8n’s scheduler why a poll failed', async () => {
		const n8n = host();
		await n8n.activate();
		await fixture.control.addFault({ kind: 'status', status: 401, times: null });
		await n8n.tick();
		await fixture.control.clearFaults();
		expect(n8n.failures[0]).toMatchObject({ httpCode: '401' });
		expect(failuresOf(n8n)).toEqual([told({ cause: 'credential-invalid' })]);
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

	it('keeps two triggers of one workflow, and one workflow twice, apart', async () => {
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

	it('leaves out a thread that is deleted before it is read, and says so in the log only', async () => {
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

	it('catches up oldest first, at most Max Messages an execution', async () => {
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

	it('fails, and says that waiting helps, when its own pace holds it until its time is up', async () => {
		const limited = await fixture.control.addKey({ scopes: ['email:read'] });
		const credential = { ...fixture.credential({ apiKey: limited }) };
		const n8n = host({ budgetMs: 2_000, credential });
		await n8n.activate();
		const before = n8n.memory;
		credential.requestsPerMinute = 1;
		await n8n.tick();
		expect(n8n.failures).toMatchObject([{ message: 'The poll ran out of time' }]);
		expect(failuresOf(n8n)).toEqual([told({ cause: 'temporarily-unavailable' })]);
		expect(n8n.memory).toEqual(before);
	});

	it('tells n8n’s scheduler how long the server wants it to wait, when that is longer than a poll', async () => {
		// Keys of their own: what a key has used up is remembered beyond this test.
		const limited = await fixture.control.addKey({ scopes: ['email:read'] });
		const n8n = host({ budgetMs: 20_000, credential: fixture.credential({ apiKey: limited }) });
		await n8n.activate();
		const before = n8n.memory;
		const headers = { 'retry-after': '60' };
		await fixture.control.addFault({ kind: 'status', status: 429, headers, times: null });
		await n8n.tick();
		expect(n8n.failures).toMatchObject([{ httpCode: '429' }]);
		expect(failuresOf(n8n)).toEqual([told({ cause: 'rate-limited', retryAfterMs: 60_000 })]);
		expect(n8n.memory).toEqual(before);
	});

	it('emits what it has when its time runs out on the way', async () => {
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

	it('refuses options that are no whole numbers', async () => {
		const n8n = host({ parameters: { options: { maxMessages: 0 } } });
		await expect(n8n.activate()).rejects.toThrow(
			"'Max Messages' must be a whole number of at least 1",
		);
	});
});

describe('what a poll costs', () => {
	it.each([0, 1, 2, 5, 20])('%i changed threads', async (changed) => {
		const n8n = host();
		await n8n.activate();
		await receive(changed);
		await takePaths();
		await n8n.tick();
		expect(await takePaths()).toHaveLength(1 + changed);
		await n8n.tick();
		expect(await takePaths()).toEqual(['/email/threads']);
	});

	it('never marks mail as read, and asks for threads of both directions', async () => {
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

describe('the test in the editor', () => {
	it('shows the newest inbound message and touches no state', async () => {
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

	it('obeys the filters', async () => {
		const n8n = host({ parameters: { filters: { subject: 'OFFER' } } });
		const [mail] = await receive(1, { subject: 'Your offer' });
		await receive(2, { subject: 'Something else' });
		expect((await n8n.test())?.[0][0].json.id).toBe(mail);
	});

	it('says in one line that there is nothing to show', async () => {
		const n8n = host({ parameters: { filters: { sender: 'nobody@nowhere.example' } } });
		await expect(n8n.test()).rejects.toThrow('There is no inbound message to show');
	});
});
