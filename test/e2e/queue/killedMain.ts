import { itemsOf, jsonOf } from '../../../lab/n8n';
import { tallyOf, type Mail } from '../kill/tally';
import { ALL_SCOPES, chain, node, pollingTrigger } from '../support/n8nFixture';
import { ask, post } from '../support/waiting';
import { addressesOf, expectSuccess, type QueueScene } from './scene';
import { expectOneAnswer } from './waiting';

/** The first bulk send ends while there is no main instance, and the second one after its restart. */
const SENDS = { short: 48, long: 176 };
/** How long each email takes; those of the long send have a key of their own. */
const DELAY_MS = { short: 1_000, long: 3_000 };
/** Waits in the queue while both workers send. */
const QUEUED = 3;

const KEY = { options: { idempotencyKey: '=main-{{ $json.to }}' } };

/** The main instance is killed while workers send. */
export function describeKilledMain(scene: () => QueueScene): void {
	const mails: Mail[] = [];
	let triggered = '';

	beforeAll(async () => {
		const { fixture, credential } = scene();
		await scene().reset();
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const workflow = chain('killed main', pollingTrigger(credential), after);
		triggered = (await fixture.n8n.createWorkflow(workflow)).id;
		await fixture.n8n.activate(triggered);
		await fixture.letPoll(2);
	});

	afterAll(async () => await scene().fixture.n8n.deactivate(triggered));

	async function receive(count: number, round: number): Promise<void> {
		for (let left = count; left > 0; left--) {
			const { message } = await scene().fixture.sandbox.receive({ text: `Mail ${mails.length}` });
			mails.push({ id: message.id, round });
		}
	}

	/** Waits until every email has its execution, then for polls that might repeat one. */
	async function settle(): Promise<void> {
		const { fixture } = scene();
		await fixture.n8n.until('every mail has its execution', 120_000, async () => {
			const { lost } = tallyOf(mails, await fixture.n8n.executions(triggered));
			return lost.length === 0 ? true : undefined;
		});
		await fixture.letPoll(2);
	}

	async function untilSent(addresses: string[], count: number): Promise<void> {
		await scene().fixture.n8n.until(`${count} emails have been sent`, 120_000, async () => {
			const { once, twice } = await scene().tally(addresses);
			return once + twice >= count ? true : undefined;
		});
	}

	it('stops neither the bulk sends of the workers nor what waits for them, and loses no mail', async () => {
		const { fixture, queue, credential } = scene();
		const { n8n, sandbox } = fixture;
		await receive(2, 0);
		await settle();
		const waiting = await ask(fixture, credential);
		const slow = await fixture.credential({
			apiKey: await sandbox.addKey({ scopes: ALL_SCOPES, name: 'slow' }),
		});
		const delay = { path: '/email/send', kind: 'delay', times: null } as const;
		await sandbox.addFault({ ...delay, key: 'slow', delayMs: DELAY_MS.long });
		await sandbox.addFault({ ...delay, delayMs: DELAY_MS.short });
		const counts = { long: SENDS.long, short: SENDS.short, queued: QUEUED };
		const sends: Array<{ name: string; addresses: string[]; executionId: string }> = [];
		for (const [name, count] of Object.entries(counts)) {
			const addresses = addressesOf(`main-${name}`, count);
			const used = name === 'long' ? slow : credential;
			const workflowId = await scene().bulkSend(name, addresses, KEY, used);
			const executionId = await scene().start(workflowId);
			if (name !== 'queued') await scene().workerOf(executionId);
			sends.push({ name, addresses, executionId });
		}
		const [long, short, queued] = sends;
		await untilSent(short.addresses, 1);
		await queue.main.kill();
		expect((await scene().tally(queued.addresses)).once).toBe(0);
		expect((await scene().tally(short.addresses)).lost).toBeGreaterThan(0);

		await receive(2, 1);
		await post(waiting.link, { answer: 'approve' });
		await untilSent(short.addresses, SENDS.short);
		await untilSent(queued.addresses, QUEUED);
		await receive(1, 1);
		await queue.main.start();
		const { lost: left } = await scene().tally(long.addresses);
		const { status } = await n8n.execution(long.executionId);
		scene().note('killed main: started again', { left, of: SENDS.long });
		expect(left).toBeGreaterThan(0);
		expect(status).toBe('running');

		for (const { name, addresses, executionId } of sends) {
			const execution = await n8n.waitForEnd(executionId);
			expectSuccess(execution);
			expect(itemsOf(execution, 'Send')).toHaveLength(addresses.length);
			const outcomes = new Set(jsonOf(execution, 'Send').map(({ outcome }) => outcome));
			expect([...outcomes]).toEqual(['sent']);
			const { lost, once, twice } = await scene().tally(addresses);
			scene().note('killed main', { name, mails: addresses.length, sent: once, twice, lost });
			expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
			// What the editor shows in its list.
			const listed = await n8n.rest<{ status: string }>('GET', `/rest/executions/${executionId}`);
			expect(listed.status).toBe('success');
		}
		await expectOneAnswer(scene(), waiting);
		await sandbox.clearFaults();

		await receive(2, 2);
		await settle();
		const { lost, repeated, executions } = tallyOf(mails, await n8n.executions(triggered));
		scene().note('killed main: trigger', {
			mails: mails.length,
			whileDown: mails.filter(({ round }) => round === 1).length,
			lost: lost.length,
			repeated: repeated.length,
		});
		expect({ lost, repeated }).toEqual({ lost: [], repeated: [] });
		expect(Object.keys(executions)).toEqual(['success']);
		expect(await sandbox.violations()).toEqual([]);
	});
}
