/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { MOMENTS, type MomentName } from './moments';
import { Random } from './random';
import { EXECUTION_SECONDS, Scene, type KillEvent } from './scene';
import { SCHEDULERS } from './schedulers';
import { tallyOf, type Mail, type Tally } from './tally';

/** 5 in CI. For a long run: TRUSTPAGER_KILLS=50 npm run test:e2e -- test/e2e/kill */
const KILLS = Number(process.env.TRUSTPAGER_KILLS ?? 5);
const SEED = Number(process.env.TRUSTPAGER_KILL_SEED ?? 20_261);
/** Restricts the moments, for example to handOver,listing. */
const ONLY = process.env.TRUSTPAGER_KILL_MOMENTS?.split(',') as MomentName[] | undefined;

const SAFE: MomentName[] = ['listing', 'reading', 'execution', 'between'];
const ALL: MomentName[] = [...SAFE, 'handOver'];

interface Outcome extends Tally {
	/** The moment of each kill. */
	moments: MomentName[];
}

/** Kills n8n repeatedly, then waits until every email has its execution or nothing changes any more. */
async function run(
	name: string,
	env: Record<string, string>,
	from: MomentName[],
	event: KillEvent = 'messageReceived',
): Promise<Outcome> {
	const random = new Random(SEED);
	const scene = await Scene.open(name, env, random, event);
	const moments: MomentName[] = [];
	try {
		for (let kill = 0; kill < KILLS; kill++) {
			// Each in turn first, so that a short run covers all of them.
			const moment = kill < from.length ? from[kill] : random.pick(from);
			moments.push(moment);
			await MOMENTS[moment](scene);
			await scene.killAndRestart();
			note(`${name}: ${kill + 1} ${moment}, ${scene.mails.length} mails`);
		}
		await settle(scene);
		const outcome = { ...tallyOf(scene.mails, await scene.executions()), moments };
		expect(await scene.sandbox.violations()).toEqual([]);
		note(JSON.stringify({ scheduler: name, event, seed: SEED, kills: KILLS, ...outcome }));
		return outcome;
	} finally {
		await scene.close();
	}
}

/** Waits until all emails are executed, or ten polls in a row have changed nothing; then for polls that might repeat one. */
async function settle(scene: Scene): Promise<void> {
	let best = -1;
	for (let idle = 0; idle < 10; idle++) {
		await scene.answeredPoll();
		const { executed, lost } = tallyOf(scene.mails, await scene.executions());
		if (lost.length === 0) break;
		if (executed > best) idle = 0;
		best = Math.max(best, executed);
	}
	for (let more = 0; more < 3; more++) await scene.answeredPoll();
	await scene.pause(3 * EXECUTION_SECONDS * 1_000);
}

function note(line: string): void {
	process.stdout.write(`kill test: ${line}\n`);
}

/** Emails that arrived before a kill at a moment other than the hand-over. */
function outsideHandOver(mails: Mail[], { moments }: Outcome): Mail[] {
	return mails.filter(({ round }) => moments[round] !== 'handOver');
}

describe('n8n killed at random moments', () => {
	jest.setTimeout(180_000 + KILLS * 60_000);

	it('loses no mail and repeats none with its default scheduler', async () => {
		const outcome = await run('default', SCHEDULERS.default, ONLY ?? (KILLS > 5 ? ALL : SAFE));
		expect(outsideHandOver(outcome.lost, outcome)).toEqual([]);
		expect(outsideHandOver(outcome.repeated, outcome)).toEqual([]);
		expect(outcome.executed).toBeGreaterThanOrEqual(KILLS);
	});

	/** After a restart, n8n runs all overdue polls at once, each with the state from before the others. */
	it('loses no mail and repeats none with its durable scheduler, even during the hand-over', async () => {
		const outcome = await run('durable', SCHEDULERS.durable, ONLY ?? ALL);
		expect(outcome.lost).toEqual([]);
		expect(outcome.repeated).toEqual([]);
		expect(outcome.executed).toBeGreaterThanOrEqual(KILLS);
	});

	/** An email that bounced is found in one list: there is no second request between. */
	const isOfRows = (moment: MomentName) => moment !== 'reading';

	it('loses no bounce and repeats none with its default scheduler', async () => {
		const from = (ONLY ?? (KILLS > 5 ? ALL : SAFE)).filter(isOfRows);
		const outcome = await run('bounces-default', SCHEDULERS.default, from, 'emailFailed');
		expect(outsideHandOver(outcome.lost, outcome)).toEqual([]);
		expect(outsideHandOver(outcome.repeated, outcome)).toEqual([]);
		expect(outcome.executed).toBeGreaterThanOrEqual(KILLS);
	});

	it('loses no bounce and repeats none with its durable scheduler, even during the hand-over', async () => {
		const from = (ONLY ?? ALL).filter(isOfRows);
		const outcome = await run('bounces-durable', SCHEDULERS.durable, from, 'emailFailed');
		expect(outcome.lost).toEqual([]);
		expect(outcome.repeated).toEqual([]);
		expect(outcome.executed).toBeGreaterThanOrEqual(KILLS);
	});
});
