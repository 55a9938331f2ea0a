/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { nodeError } from '../../../lab/n8n';
import { Random } from '../kill/random';
import { MOMENTS, type MomentName } from './moments';
import { addressesOf, expectSuccess, type QueueScene } from './scene';

const ALL = Object.keys(MOMENTS) as MomentName[];
/** In CI every moment once; the long form: TRUSTPAGER_KILLS=24 npm run test:e2e -- test/e2e/queue */
const KILLS = Number(process.env.TRUSTPAGER_KILLS ?? ALL.length);
const SEED = Number(process.env.TRUSTPAGER_KILL_SEED ?? 20_261);
const MAILS = 60;

/** The error of an execution whose worker came back in its old folder: n8n reads there what it was at. */
const CRASHED = /possible out-of-memory issue/;
/** The error of one whose worker never told anything: another worker has found its lock run out. */
const STALLED = /failed to be processed too many times/;

interface Killed {
	moment: MomentName;
	addresses: string[];
	workflowId: string;
	executionId: string;
	/** How many mails had left when all was quiet again. */
	left: number;
	freshFolder: boolean;
}

/** A bulk send whose worker is killed. n8n never runs such an execution again by itself; a person does. */
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
		const worker = await scene().workerOf(executionId);
		await MOMENTS[moment].come(fixture, addresses, random);
		await worker.kill();
		// The server carries out what has reached it, whether somebody waits for the answer or not.
		await new Promise((resolve) => setTimeout(resolve, delayMs + 500));
		await fixture.sandbox.clearFaults();
		const left = [...(await scene().delivered(addresses)).values()].filter((n) => n > 0).length;
		await worker.start({ freshFolder });
		return { moment, addresses, workflowId, executionId, left, freshFolder };
	}

	/** Waits until n8n has noticed. @returns how the execution ended, in n8n's words */
	async function ending({ executionId }: Killed): Promise<string> {
		const execution = await scene().fixture.n8n.waitForEnd(executionId, 240_000);
		return `${execution.status}: ${nodeError(execution)?.message ?? ''}`;
	}

	async function tally({ addresses }: Killed): Promise<{ twice: number; lost: number }> {
		const times = [...(await scene().delivered(addresses)).values()];
		return {
			twice: times.filter((count) => count > 1).length,
			lost: times.filter((count) => count === 0).length,
		};
	}

	beforeAll(async () => await scene().reset());

	it('with an Idempotency Key no mail leaves twice and none is lost, after a run anew', async () => {
		const { fixture } = scene();
		const send = { options: { idempotencyKey: '=news-{{ $json.to }}' } };
		const kills: Killed[] = [];
		for (let index = 0; index < KILLS; index++) {
			const moment = index < ALL.length ? ALL[index] : random.pick(ALL);
			// The first, so that what n8n takes its time for goes on beside the others.
			const freshFolder = index % (2 * ALL.length) === 0;
			kills.push(await killOne(`kill${index}`, moment, { send, freshFolder }));
		}
		const totals = { twice: 0, lost: 0 };
		for (const kill of kills) {
			const end = await ending(kill);
			expectSuccess(await fixture.n8n.run(kill.workflowId, 'Start'));
			const { twice, lost } = await tally(kill);
			totals.twice += twice;
			totals.lost += lost;
			const { moment, left, freshFolder } = kill;
			scene().note('kill', { moment, left, twice, lost, freshFolder, end });
			expect(end).toMatch(
				freshFolder ? STALLED : new RegExp(`${CRASHED.source}|${STALLED.source}`),
			);
		}
		const leftBefore = kills.reduce((sum, { left }) => sum + left, 0);
		scene().note('kills', {
			seed: SEED,
			kills: KILLS,
			mails: KILLS * MAILS,
			leftBefore,
			...totals,
		});
		expect(totals).toEqual({ twice: 0, lost: 0 });
		// Else the kills came too late or too early to say anything.
		expect(leftBefore).toBeGreaterThan(0);
		expect(kills.some(({ left }) => left > 0 && left < MAILS)).toBe(true);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});

	it('without one, what had left before the kill leaves again with a run anew', async () => {
		const kill = await killOne('nokey', 'middle');
		await ending(kill);
		expectSuccess(await scene().fixture.n8n.run(kill.workflowId, 'Start'));
		const { twice, lost } = await tally(kill);
		scene().note('without a key', { left: kill.left, twice, lost });
		expect({ twice, lost }).toEqual({ twice: kill.left, lost: 0 });
		expect(kill.left).toBeGreaterThan(0);
	});
}
