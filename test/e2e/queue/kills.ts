/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { nodeError } from '../../../lab/n8n';
import { Random } from '../kill/random';
import { MOMENTS, type MomentName } from './moments';
import { addressesOf, expectSuccess, type QueueScene } from './scene';

const ALL = Object.keys(MOMENTS) as MomentName[];
/** In CI every moment once. For a long run: TRUSTPAGER_KILLS=24 npm run test:e2e -- test/e2e/queue */
const KILLS = Number(process.env.TRUSTPAGER_KILLS ?? ALL.length);
const SEED = Number(process.env.TRUSTPAGER_KILL_SEED ?? 20_261);
const MAILS = 60;

/** The error of an execution whose worker restarted in its old folder, where n8n finds what it was running. */
const CRASHED = /possible out-of-memory issue/;
/** The error of an execution whose worker never reported again: another worker found that its lock had expired. */
const STALLED = /failed to be processed too many times/;

interface Killed {
	moment: MomentName;
	addresses: string[];
	workflowId: string;
	executionId: string;
	/** How many emails had been sent when the server was idle again. */
	sent: number;
	freshFolder: boolean;
}

/** A bulk send whose worker is killed. n8n never runs such an execution again on its own; a person does. */
export function describeKills(scene: () => QueueScene): void {
	const random = new Random(SEED);

	/** Starts a bulk send, kills its worker at the moment, and starts the worker again. */
	async function killOne(
		name: string,
		moment: MomentName,
		{ send = {}, freshFolder = false } = {},
	): Promise<Killed> {
		const { fixture } = scene();
		const addresses = addressesOf(name, MAILS);
		const workflowId = await scene().bulkSend(name, addresses, send);
		const delayMs = await MOMENTS[moment].prepare(fixture.sandbox);
		await fixture.sandbox.clearRequests();
		const executionId = await scene().start(workflowId);
		const come = async () => await MOMENTS[moment].come(fixture, addresses, random);
		const worker = await scene().killWorkerOf(executionId, come, delayMs);
		const sent = [...(await scene().delivered(addresses)).values()].filter((n) => n > 0).length;
		await worker.start({ freshFolder });
		return { moment, addresses, workflowId, executionId, sent, freshFolder };
	}

	/** Waits until n8n has noticed. @returns n8n's status and error of the execution */
	async function ending({ executionId }: Killed): Promise<string> {
		const execution = await scene().fixture.n8n.waitForEnd(executionId, 240_000);
		return `${execution.status}: ${nodeError(execution)?.message ?? ''}`;
	}

	beforeAll(async () => await scene().reset());

	it('with an Idempotency Key, a second run sends no email twice and loses none', async () => {
		const { fixture } = scene();
		const send = { options: { idempotencyKey: '=news-{{ $json.to }}' } };
		const kills: Killed[] = [];
		for (let index = 0; index < KILLS; index++) {
			const moment = index < ALL.length ? ALL[index] : random.pick(ALL);
			// On the first kill, so that n8n's long wait overlaps with the others.
			const freshFolder = index % (2 * ALL.length) === 0;
			kills.push(await killOne(`kill${index}`, moment, { send, freshFolder }));
		}
		const totals = { twice: 0, lost: 0 };
		for (const kill of kills) {
			const end = await ending(kill);
			expectSuccess(await fixture.n8n.run(kill.workflowId, 'Start'));
			const { twice, lost } = await scene().tally(kill.addresses);
			totals.twice += twice;
			totals.lost += lost;
			const { moment, sent, freshFolder } = kill;
			scene().note('kill', { moment, sent, twice, lost, freshFolder, end });
			expect(end).toMatch(
				freshFolder ? STALLED : new RegExp(`${CRASHED.source}|${STALLED.source}`),
			);
		}
		const sentBefore = kills.reduce((sum, { sent }) => sum + sent, 0);
		scene().note('kills', {
			seed: SEED,
			kills: KILLS,
			mails: KILLS * MAILS,
			sentBefore,
			...totals,
		});
		expect(totals).toEqual({ twice: 0, lost: 0 });
		// Otherwise the kills came too early or too late to prove anything.
		expect(sentBefore).toBeGreaterThan(0);
		expect(kills.some(({ sent }) => sent > 0 && sent < MAILS)).toBe(true);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('without a key, a second run repeats what had been sent before the kill', async () => {
		const kill = await killOne('nokey', 'middle');
		await ending(kill);
		expectSuccess(await scene().fixture.n8n.run(kill.workflowId, 'Start'));
		const { twice, lost } = await scene().tally(kill.addresses);
		scene().note('without a key', { sent: kill.sent, twice, lost });
		expect({ twice, lost }).toEqual({ twice: kill.sent, lost: 0 });
		expect(kill.sent).toBeGreaterThan(0);
	});
}
