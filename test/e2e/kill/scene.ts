/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from '../../../lab/boot/folder';
import { bootN8n, type Execution, type N8n } from '../../../lab/n8n';
import type { SandboxControl } from '../../../sandbox';
import { connectControl } from '../../../sandbox/control-http';
import { ALL_SCOPES, chain, EVERY_TWO_SECONDS, node } from '../support/bench';
import { startSandboxProcess } from '../support/startSandbox';
import type { Random } from './random';
import type { Mail } from './tally';

/** How long each execution takes, so that a kill can hit it. */
export const EXECUTION_SECONDS = 2;

/** An n8n of its own that polls a sandbox of its own every two seconds; the one is killed, the other never. */
export class Scene {
	readonly mails: Mail[] = [];

	private readonly threads: string[] = [];

	/** The kill that comes next, counted from 0. */
	round = 0;

	private constructor(
		public n8n: N8n,
		readonly sandbox: SandboxControl,
		private readonly closeSandbox: () => Promise<void>,
		readonly random: Random,
	) {}

	workflowId = '';

	/** Boots both and activates the workflow; mail that comes after it has returned is new. `name`: of n8n's log. */
	static async open(name: string, env: Record<string, string>, random: Random): Promise<Scene> {
		const logFile = join(CACHE, 'logs', `kill-${name}.log`);
		rmSync(logFile, { force: true });
		const { facts, close } = await startSandboxProcess();
		let scene: Scene | undefined;
		let n8n: N8n | undefined;
		try {
			n8n = await bootN8n({ env, logFile });
			const opened = new Scene(n8n, connectControl(facts.origin), close, random);
			await opened.createWorkflow(facts.apiUrl, facts.keys.full);
			// For the polls of the activation all mail before their end is old.
			await opened.answeredPoll();
			await opened.quietPoll();
			scene = opened;
			return opened;
		} finally {
			if (scene === undefined) {
				await n8n?.stop();
				await close();
			}
		}
	}

	private async createWorkflow(baseUrl: string, apiKey: string): Promise<void> {
		const { id, name } = await this.n8n.createCredential('TrustPager sandbox', 'trustPagerApi', {
			apiKey,
			scopes: ALL_SCOPES,
			baseUrl,
			requestsPerMinute: 6000,
		});
		const trigger = {
			...node('New mail', 'n8n-nodes-trustpager.trustPagerTrigger', 1, {
				pollTimes: EVERY_TWO_SECONDS,
				event: 'messageReceived',
			}),
			credentials: { trustPagerApi: { id, name } },
		};
		const work = node('Work', 'n8n-nodes-base.wait', 1.1, {
			resume: 'timeInterval',
			amount: EXECUTION_SECONDS,
			unit: 'seconds',
		});
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const workflow = await this.n8n.createWorkflow(chain('kill', trigger, work, after));
		this.workflowId = workflow.id;
		await this.n8n.activate(workflow.id);
	}

	/** Mails arrive, some of them in threads that are already there. */
	async receive(count: number): Promise<void> {
		for (let left = count; left > 0; left--) {
			const old = this.threads.length > 0 && this.random.next() < 0.4;
			const threadId = old ? this.random.pick(this.threads) : undefined;
			const { thread, message } = await this.sandbox.receive({
				threadId,
				fromEmail: 'mia@example.com',
				text: `Mail ${this.mails.length}`,
			});
			if (!old) this.threads.push(thread.id);
			this.mails.push({ id: message.id, round: this.round });
		}
	}

	/** Waits until a request for a path (pattern) is there that is answered, or still held back. */
	async request(path: RegExp, state: 'answered' | 'pending'): Promise<void> {
		await this.n8n.until(`a request for ${path.source} is ${state}`, 90_000, async () => {
			const requests = await this.sandbox.requests();
			const isWanted = (status: number) => (state === 'pending' ? status === 0 : status === 200);
			return requests.some((request) => path.test(request.path) && isWanted(request.status))
				? true
				: undefined;
		});
	}

	/** Waits until a poll that begins from now on has its list of threads. */
	async answeredPoll(): Promise<void> {
		await this.sandbox.clearRequests();
		await this.request(/^\/email\/threads$/, 'answered');
	}

	/** Waits until a poll has found nothing new: all mail is handed over, and no poll is under way. */
	async quietPoll(): Promise<void> {
		let reads = -1;
		for (let tries = 0; reads !== 0 && tries < 30; tries++) {
			await this.answeredPoll();
			await this.pause(800);
			const requests = await this.sandbox.requests();
			reads = requests.filter(({ path }) => path !== '/email/threads').length;
		}
	}

	/** What n8n has stored, crashed executions too; n8n's API leaves out those that run at the moment. */
	async executions(): Promise<Execution[]> {
		return await this.n8n.executions(this.workflowId);
	}

	/** Ids of the executions that run, or that n8n still takes for running after a kill. */
	async running(): Promise<string[]> {
		const path = `/executions?workflowId=${this.workflowId}&status=running`;
		const { data } = await this.n8n.api<{ data: Array<{ id: string }> }>('GET', path);
		return data.map(({ id }) => id);
	}

	/** SIGKILL to n8n; mails arrive while it is away, and it boots again in the same folder. */
	async killAndRestart(): Promise<void> {
		await this.n8n.kill();
		await this.sandbox.clearFaults();
		this.round++;
		await this.receive(this.random.between(0, 2));
		this.n8n = await this.n8n.restart();
	}

	async pause(ms: number): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, ms));
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.closeSandbox();
	}
}
