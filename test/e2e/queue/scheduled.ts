import { itemsOf } from '../../../lab/n8n';
import { byId } from '../support/n8nFixture';
import { addressesOf, expectSuccess, tallyOfTimes, type QueueScene } from './scene';

const MAILS = 60;
const DAY_MS = 86_400_000;
const PATH = '/scheduled-communications';

const SCHEDULE = {
	resource: 'scheduledEmail',
	operation: 'create',
	subject: 'Later',
	htmlBody: '<p>Later</p>',
	scheduledFor: '={{ $now.plus(2, "days") }}',
};

/** When the worker is killed: the server has written some emails and others wait, or no answer has arrived. */
const MOMENTS = {
	middle: { effect: 'before', delayMs: 800 },
	answering: { effect: 'after', delayMs: 1_500 },
} as const;

interface Killed {
	moment: string;
	addresses: string[];
	workflowId: string;
	executionId: string;
	/** How many emails were scheduled when the server was idle again. */
	scheduled: number;
	/** Settles when the worker has started again. */
	restart: Promise<void>;
}

/** Emails that TrustPager sends later, scheduled by workers. */
export function describeScheduled(scene: () => QueueScene): void {
	beforeEach(async () => await scene().reset());

	/** How many emails are scheduled for each address. */
	async function times(addresses: string[]): Promise<number[]> {
		const { scheduled } = await scene().fixture.sandbox.snapshot();
		const receivers = scheduled.map(({ payload }) => payload.to_email);
		return addresses.map((address) => receivers.filter((one) => one === address).length);
	}

	it('are scheduled, listed and cancelled on the workers', async () => {
		const { fixture } = scene();
		const [toEmail] = addressesOf('later', 1);
		const [{ id, outcome }] = await scene().run({ ...SCHEDULE, toEmail });
		expect(outcome).toBe('scheduled');
		const list = { resource: 'scheduledEmail', operation: 'getAll', returnAll: true };
		const pending = { ...list, filters: { status: 'pending' } };
		expect((await scene().run(pending)).map((row) => row.id)).toContain(id);
		const cancel = { resource: 'scheduledEmail', operation: 'cancel' };
		await scene().run({ ...cancel, scheduledEmailId: byId(String(id)) });
		expect((await scene().run(pending)).map((row) => row.id)).not.toContain(id);
		await fixture.sandbox.advanceClock(3 * DAY_MS);
		expect(await scene().tally([toEmail])).toMatchObject({ lost: 1 });
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	/** Starts scheduling in bulk, kills the worker and begins to start it again. */
	async function killOne(moment: keyof typeof MOMENTS): Promise<Killed> {
		const { sandbox } = scene().fixture;
		const { effect, delayMs } = MOMENTS[moment];
		const addresses = addressesOf(`later-${moment}`, MAILS);
		const options = { idempotencyKey: '=later-{{ $json.to }}' };
		const workflowId = await scene().bulkSend(moment, addresses, { ...SCHEDULE, options });
		await sandbox.addFault({
			method: 'POST',
			path: PATH,
			kind: 'delay',
			delayMs,
			effect,
			times: null,
		});
		const executionId = await scene().start(workflowId);
		const come = async () =>
			await scene().fixture.n8n.until('some emails are scheduled', 60_000, async () =>
				tallyOfTimes(await times(addresses)).once > 0 ? true : undefined,
			);
		const worker = await scene().killWorkerOf(executionId, come, delayMs);
		const { once: scheduled } = tallyOfTimes(await times(addresses));
		const restart = worker.start();
		return { moment, addresses, workflowId, executionId, scheduled, restart };
	}

	it('are scheduled once, with an Idempotency Key, if a worker dies and a person runs it again', async () => {
		const { fixture } = scene();
		const kills = [await killOne('middle'), await killOne('answering')];
		await Promise.all(kills.map(async ({ restart }) => await restart));
		for (const { moment, addresses, workflowId, executionId, scheduled } of kills) {
			const { status } = await fixture.n8n.waitForEnd(executionId, 240_000);
			expect(['crashed', 'error']).toContain(status);
			const again = await fixture.n8n.run(workflowId, 'Start');
			expectSuccess(again);
			expect(itemsOf(again, 'Send')).toHaveLength(MAILS);
			const { lost, twice } = tallyOfTimes(await times(addresses));
			scene().note('scheduled', { moment, mails: MAILS, scheduled, twice, lost, status });
			expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
			// Otherwise the kill came too early or too late to prove anything.
			expect(scheduled).toBeGreaterThan(0);
			expect(scheduled).toBeLessThan(MAILS);
		}
		await fixture.sandbox.advanceClock(3 * DAY_MS);
		for (const { moment, addresses } of kills) {
			const { lost, once, twice } = await scene().tally(addresses);
			scene().note('scheduled: sent when due', { moment, sent: once, twice, lost });
			expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
		}
		expect(await fixture.sandbox.violations()).toEqual([]);
	});
}
