/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from '../../../lab/boot/folder';
import { bootN8n, type Execution, type N8n } from '../../../lab/n8n';
import type { SandboxControl } from '../../../sandbox';
import { connectControl } from '../../../sandbox/control/controlHttp';
import { EVENTS } from '../support/events';
import { ALL_SCOPES, chain, node, pollingTrigger, work } from '../support/n8nFixture';
import type { Facts } from '../support/running';
import { startSandboxProcess } from '../support/startSandbox';
import type { Random } from './random';
import type { Mail } from './tally';

/** How long each execution takes, so that a kill can hit it. */
export const EXECUTION_SECONDS = 2;

const MESSAGES = /^\/email\/threads\/[^/]+\/messages$/;

/** The events of the trigger that are tested. */
export type KillEvent = 'messageReceived' | 'emailFailed';

/** A poll for bounces has its answers when it has that for the last status. */
const isLast = ({ status = 'spam_complaint' }: Record<string, unknown>) =>
	status === 'spam_complaint';

/** An n8n that polls a sandbox every two seconds, both of its own. Only n8n is killed. */
export class Scene {
	/** What has happened: emails that arrived, or that bounced. */
	readonly mails: Mail[] = [];

	private readonly threads: string[] = [];

	/** The number of the next kill, counted from 0. */
	round = 0;

	private constructor(
		public n8n: N8n,
		readonly sandbox: SandboxControl,
		private readonly facts: Facts['sandbox'],
		private readonly closeSandbox: () => Promise<void>,
		readonly random: Random,
		readonly event: KillEvent,
	) {}

	workflowId = '';

	/** The list in which a poll finds what is new. */
	get listPath(): string {
		return this.event === 'messageReceived' ? '/email/threads' : EVENTS.emailFailed.list;
	}

	/** What a poll asks for last before it hands over what is new. */
	get lastPath(): RegExp {
		return this.event === 'messageReceived' ? MESSAGES : /^\/email\/logs$/;
	}

	/** Boots both and activates the workflow. Mail that arrives afterwards is new. @param name of n8n's log */
	static async open(
		name: string,
		env: Record<string, string>,
		random: Random,
		event: KillEvent,
	): Promise<Scene> {
		const logFile = join(CACHE, 'logs', `kill-${name}.log`);
		rmSync(logFile, { force: true });
		const { facts, close } = await startSandboxProcess();
		let scene: Scene | undefined;
		let n8n: N8n | undefined;
		try {
			n8n = await bootN8n({ env, logFile });
			const opened = new Scene(n8n, connectControl(facts.origin), facts, close, random, event);
			await opened.createWorkflow();
			// Mail that arrives before the polls of the activation have ended counts as old.
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

	private async createWorkflow(): Promise<void> {
		const { apiUrl: baseUrl, keys } = this.facts;
		const data = { apiKey: keys.full, scopes: ALL_SCOPES, baseUrl, requestsPerMinute: 6000 };
		const credential = await this.n8n.createCredential('TrustPager', 'trustPagerApi', data);
		const after = node('After', 'n8n-nodes-base.noOp', 1, {});
		const workflow = await this.n8n.createWorkflow(
			chain('kill', pollingTrigger(credential, this.event), work(EXECUTION_SECONDS), after),
		);
		this.workflowId = workflow.id;
		await this.n8n.activate(workflow.id);
	}

	/** Receives emails, some of them in existing threads. */
	async receive(count: number): Promise<void> {
		for (let left = count; left > 0; left--) {
			if (this.event === 'emailFailed') {
				await this.bounce();
				continue;
			}
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

	/** Sends an email that bounces. */
	private async bounce(): Promise<void> {
		await EVENTS.emailFailed.addRows(this.facts, 1);
		const id = await EVENTS.emailFailed.finish(this.sandbox, 'bounced');
		this.mails.push({ id, round: this.round });
	}

	/** Waits for a request to a path that has been answered, or is still pending. */
	async request(path: RegExp, state: 'answered' | 'pending'): Promise<void> {
		await this.n8n.until(`a request for ${path.source} is ${state}`, 90_000, async () => {
			const requests = await this.sandbox.requests();
			const own = requests.filter(
				({ method, query }) => method === 'GET' && (state === 'pending' || isLast(query)),
			);
			const isWanted = (status: number) => (state === 'pending' ? status === 0 : status === 200);
			return own.some((request) => path.test(request.path) && isWanted(request.status))
				? true
				: undefined;
		});
	}

	/** Waits until a poll that starts from now on has received its thread list. */
	async answeredPoll(): Promise<void> {
		await this.sandbox.clearRequests();
		await this.request(new RegExp(`^${this.listPath}$`), 'answered');
	}

	/** Waits until a poll has found nothing new, so that all mail is handed over and no poll is running. */
	async quietPoll(): Promise<void> {
		let reads = -1;
		for (let tries = 0; reads !== 0 && tries < 30; tries++) {
			await this.answeredPoll();
			await this.pause(800);
			const requests = await this.sandbox.requests();
			reads = requests.filter(({ path }) => path !== this.listPath).length;
		}
	}

	/** The executions that n8n has stored, including crashed ones. n8n's API excludes those that are running. */
	async executions(): Promise<Execution[]> {
		return await this.n8n.executions(this.workflowId);
	}

	/** IDs of the executions that are running, or that n8n still considers running after a kill. */
	async running(): Promise<string[]> {
		const path = `/executions?workflowId=${this.workflowId}&status=running`;
		const { data } = await this.n8n.api<{ data: Array<{ id: string }> }>('GET', path);
		return data.map(({ id }) => id);
	}

	/** Kills n8n with SIGKILL, lets emails arrive while it is down, and boots it again in the same folder. */
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
