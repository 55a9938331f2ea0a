/**
 * examples/follow-up-that-stops.json while n8n is killed. Leads fill in its form, then answer at random moments around
 * the time at which a follow-up is due, most of them around the two minutes that it takes at worst.
 *
 * The sandbox's clock stands still but for what the test lets pass: as n8n has one poll in each minute, a minute ends
 * when a poll and the executions that it has started have ended, or with a kill. Never are two in a row cut short by one.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { SandboxControl } from '../../../sandbox';
import { FollowUpScene } from './followUpScene';
import { judge, SUBJECTS, type Judgement, type Lead } from './leads';
import { Random } from './random';
import { SCHEDULERS } from './schedulers';

/** 2 in CI. For a long run: TRUSTPAGER_KILLS=20 npm run test:e2e -- test/e2e/kill/followUps */
const KILLS = Number(process.env.TRUSTPAGER_KILLS ?? 2);
const SEED = Number(process.env.TRUSTPAGER_KILL_SEED ?? 20_261);
const LEADS = Math.min(200, Math.max(20, KILLS * 10));
/** How many of the kills come while leads enter, and around the first follow-up; the others around the second. */
const ENTERING = Math.ceil(KILLS / 4);
const AT_FIRST = Math.ceil((KILLS - ENTERING) / 2);

/** How many fill in the form at a time. */
const VISITORS = 3;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Answers come so long before a follow-up is due, or after it. */
const EARLIEST_MS = 150 * SECOND_MS;
const LATEST_MS = -30 * SECOND_MS;

/** At the start, the trigger has its first poll within 0.7 times this; else n8n gives up, and tries again much later. */
const SLOW_ACTIVATION = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '90' };

const PENDING = /^\/scheduled-communications$/;
const CANCEL = /^\/scheduled-communications\/./;
const MESSAGES = /^\/email\/threads\/[^/]+\/messages$/;
/** What n8n is doing when it is killed, and for how many ms it may go on with it. */
const MOMENTS: Array<{ name: string; path?: RegExp; within: number }> = [
	{ name: 'handOver', path: MESSAGES, within: 150 },
	{ name: 'listing', path: PENDING, within: 60 },
	{ name: 'cancelling', path: CANCEL, within: 60 },
	{ name: 'any', within: 3_000 },
];

type Outcome = Judgement & {
	kills: Record<string, number>;
	retried: number;
	/** Those that n8n stored, by status. */
	executions: Record<string, number>;
};

class Run {
	readonly leads: Lead[];
	readonly kills: Record<string, number> = {};
	private retried = 0;
	private killed = 0;

	constructor(
		private readonly name: string,
		private readonly scene: FollowUpScene,
		private readonly random: Random,
	) {
		this.leads = Array.from({ length: LEADS }, (_, i) => ({
			email: `lead${i}@example.com`,
			due: [],
		}));
	}

	/** All leads fill in the form; whoever gets no answer does so again, and crashed executions are retried. */
	async enterAll(): Promise<void> {
		const { scene, random } = this;
		const each = Math.ceil(LEADS / ENTERING);
		for (let from = 0; from < LEADS; from += each) {
			const group = this.leads.slice(from, from + each);
			const killAfter = random.between(1, group.length - 1);
			let entered = 0;
			const enterRest = async (): Promise<void> => {
				for (let lead = group.shift(); lead; lead = group.shift()) {
					await this.enter(lead);
					entered++;
				}
			};
			const visitors = Promise.all(Array.from({ length: VISITORS }, enterRest));
			while (entered < killAfter) await scene.pause(20);
			await scene.pause(random.between(0, 500));
			await this.kill('entering');
			await visitors;
			this.retried += await scene.retryLeads();
		}
		await scene.n8n.until('all leads have their follow-ups', 180_000, async () => {
			this.retried += await scene.retryLeads();
			return (await this.readDue()) ? true : undefined;
		});
	}

	private async enter({ email }: Lead): Promise<void> {
		while (!(await this.scene.enter(email))) await this.scene.pause(500);
	}

	/** Reads when the follow-ups are due. @returns whether there are all */
	private async readDue(): Promise<boolean> {
		const { scheduled } = await this.scene.sandbox.snapshot();
		for (const lead of this.leads) {
			lead.due = SUBJECTS.flatMap((subject) =>
				scheduled
					.filter(({ payload }) => payload.to_email === lead.email && payload.subject === subject)
					.map(({ scheduled_for }) => Date.parse(scheduled_for)),
			);
		}
		return this.leads.every(({ due }) => due.length >= SUBJECTS.length);
	}

	/** The minutes around the time at which one of the follow-ups is due for everybody. */
	async letAnswer(index: number, share: number, kills: number): Promise<void> {
		const { scene, random } = this;
		const dues = this.leads.map(({ due }) => due[index]);
		for (const lead of this.leads) {
			if (lead.answer !== undefined || random.next() >= share) continue;
			const isEarly = random.next() < 0.6;
			const ahead = isEarly
				? random.between(2 * MINUTE_MS, EARLIEST_MS)
				: random.between(LATEST_MS, 2 * MINUTE_MS);
			lead.answer = lead.due[index] - ahead;
		}
		const start = Math.floor((Math.min(...dues) - EARLIEST_MS) / MINUTE_MS) * MINUTE_MS;
		const minutes = Math.ceil((Math.max(...dues) + MINUTE_MS - start) / MINUTE_MS);
		let left = kills;
		for (let minute = 0; minute < minutes || left > 0; minute++) {
			// Half a minute after the server's timer.
			const poll = start + minute * MINUTE_MS + MINUTE_MS / 2;
			const hasAnswers = await this.receiveUntil(poll, poll - MINUTE_MS);
			const isKilled = left > 0 && minute % 2 === 0 && (hasAnswers || minutes - minute <= 2 * left);
			if (isKilled) {
				left--;
				await this.killAtMoment();
			} else await scene.settle(this.hasStopped);
		}
	}

	/** Receives the answers of a minute, the last one when everything is ready for a kill. @returns whether there were any */
	private async receiveUntil(end: number, from: number): Promise<boolean> {
		const answering = this.leads
			.filter(({ answer = 0 }) => answer > from && answer <= end)
			.sort((one, other) => Number(one.answer) - Number(other.answer));
		for (const { email, answer } of answering) {
			await this.scene.sandbox.setClock(Number(answer));
			await this.scene.sandbox.clearRequests();
			await this.receive(email);
		}
		await this.scene.sandbox.setClock(end);
		return answering.length > 0;
	}

	/** Whether nobody who has answered so far has a follow-up that waits. */
	private readonly hasStopped = async (): Promise<boolean> => {
		const { scheduled } = await this.scene.sandbox.snapshot();
		const now = Date.parse(await this.scene.sandbox.now());
		const answered = this.leads.filter(({ answer = Infinity }) => answer <= now);
		return !scheduled.some(
			({ status, payload }) =>
				status === 'pending' && answered.some(({ email }) => email === payload.to_email),
		);
	};

	/** Half of the answers come in the thread of the first email, the others in a new one. */
	private async receive(email: string): Promise<void> {
		const { sandbox } = this.scene;
		const inThread = this.random.next() < 0.5;
		const threadId = inThread ? await firstThread(sandbox, email) : undefined;
		const isShouted = this.random.next() < 0.3;
		await sandbox.receive({ threadId, fromEmail: isShouted ? email.toUpperCase() : email });
	}

	private async killAtMoment(): Promise<void> {
		const { scene, random } = this;
		const { name, path, within } = MOMENTS[this.killed % MOMENTS.length];
		const isMet = path === undefined || (await scene.request(path, 15_000));
		await scene.pause(random.between(0, within));
		await this.kill(isMet ? name : 'idle');
	}

	private async kill(moment: string): Promise<void> {
		this.killed++;
		this.kills[moment] = (this.kills[moment] ?? 0) + 1;
		await this.scene.killAndRestart();
		note(`${this.name}: ${this.killed} ${moment}`);
	}

	async outcome(): Promise<Outcome> {
		const { scene } = this;
		const executions: Record<string, number> = {};
		for (const { status } of await scene.executions()) {
			executions[status] = (executions[status] ?? 0) + 1;
		}
		const judgement = judge(this.leads, await scene.sandbox.outbox());
		return { ...judgement, kills: this.kills, retried: this.retried, executions };
	}
}

async function firstThread(sandbox: SandboxControl, email: string): Promise<string | undefined> {
	const outbox = await sandbox.outbox();
	return outbox.find(({ to }) => to === email)?.threadId ?? undefined;
}

function note(line: string): void {
	process.stdout.write(`follow-up kill test: ${line}\n`);
}

describe('follow-ups that stop, with n8n killed at random moments', () => {
	jest.setTimeout(20 * MINUTE_MS + KILLS * 3 * MINUTE_MS);

	it.each(Object.entries(SCHEDULERS))('with its %s scheduler', async (name, env) => {
		const scene = await FollowUpScene.open(name, { ...env, ...SLOW_ACTIVATION });
		try {
			const run = new Run(name, scene, new Random(SEED));
			await run.enterAll();
			await run.letAnswer(0, 0.4, AT_FIRST);
			if (KILLS > ENTERING + AT_FIRST) {
				await run.letAnswer(1, 0.6, KILLS - ENTERING - AT_FIRST);
			}
			await scene.sandbox.setClock(Math.max(...run.leads.map(({ due }) => due[1])) + 2 * MINUTE_MS);
			const outcome = await run.outcome();
			note(JSON.stringify({ scheduler: name, seed: SEED, ...outcome }));
			const violations = await scene.sandbox.violations();
			expect(violations.filter(({ allowedIn }) => allowedIn.length === 0)).toEqual([]);
			const { sentInSpiteOfAnswer, missed, twice, notContacted } = outcome;
			expect({ sentInSpiteOfAnswer, missed, twice, notContacted }).toEqual({
				sentInSpiteOfAnswer: [],
				missed: [],
				twice: [],
				notContacted: [],
			});
			expect(outcome.answeredInTime).toBeGreaterThan(LEADS / 10);
			expect(outcome.unanswered).toBeGreaterThan(LEADS / 3);
		} finally {
			await scene.close();
		}
	});
});
