/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE } from '../../../lab/boot/folder';
import { readExamples } from '../../../lab/demo/examples';
import { bootN8n, type N8n } from '../../../lab/n8n';
import type { SandboxControl } from '../../../sandbox';
import { connectControl } from '../../../sandbox/control/controlHttp';
import { ALL_SCOPES, EVERY_TWO_SECONDS } from '../support/n8nFixture';
import { startSandboxProcess } from '../support/startSandbox';

interface Listed {
	id: string;
	status: string;
}

/** An n8n in which examples/follow-up-that-stops.json is active, and a sandbox, both of its own. Only n8n is killed. */
export class FollowUpScene {
	private workflowId = '';

	private formPath = '';

	private readonly retried = new Set<string>();

	private constructor(
		public n8n: N8n,
		readonly sandbox: SandboxControl,
		private readonly closeSandbox: () => Promise<void>,
	) {}

	/** Boots both and activates the example, which polls every two seconds. @param name of n8n's log */
	static async open(name: string, env: Record<string, string>): Promise<FollowUpScene> {
		const logFile = join(CACHE, 'logs', `follow-ups-${name}.log`);
		rmSync(logFile, { force: true });
		const { facts, close } = await startSandboxProcess();
		let n8n: N8n | undefined;
		let isOpen = false;
		try {
			n8n = await bootN8n({ env, logFile });
			const scene = new FollowUpScene(n8n, connectControl(facts.origin), close);
			// Some servers cancel by themselves; here the workflow has to.
			await scene.sandbox.set({ cancelOnReply: false });
			await scene.createWorkflow(facts.apiUrl, facts.keys.full);
			isOpen = true;
			return scene;
		} finally {
			if (!isOpen) {
				await n8n?.stop();
				await close();
			}
		}
	}

	private async createWorkflow(baseUrl: string, apiKey: string): Promise<void> {
		const data = { apiKey, scopes: ALL_SCOPES, baseUrl, requestsPerMinute: 6000 };
		const credential = await this.n8n.createCredential('TrustPager', 'trustPagerApi', data);
		const example = readExamples(credential).find(({ file }) => file === 'follow-up-that-stops');
		if (example === undefined) throw new Error('The example is not there');
		const nodes = example.workflow.nodes.map((node) =>
			'pollTimes' in node.parameters
				? { ...node, parameters: { ...node.parameters, pollTimes: EVERY_TWO_SECONDS } }
				: node,
		);
		const form = nodes.find(({ name }) => name === 'Lead form') as
			| { webhookId?: string }
			| undefined;
		this.formPath = `/form/${String(form?.webhookId)}`;
		const workflow = await this.n8n.createWorkflow({ ...example.workflow, nodes });
		this.workflowId = workflow.id;
		await this.n8n.activate(workflow.id);
		await this.request(/^\/email\/threads$/, 90_000);
	}

	/** A lead fills in the form. @returns whether the form says that it has arrived */
	async enter(email: string): Promise<boolean> {
		const body = new FormData();
		body.append('field-0', email.split('@')[0]);
		body.append('field-1', email);
		try {
			const signal = AbortSignal.timeout(60_000);
			const answer = await fetch(this.n8n.url + this.formPath, { method: 'POST', body, signal });
			await answer.text();
			return answer.ok;
		} catch {
			return false;
		}
	}

	/** Waits until a request for a path has arrived since the last `clearRequests`. @returns whether one did in time */
	async request(path: RegExp, timeoutMs: number): Promise<boolean> {
		for (const until = Date.now() + timeoutMs; Date.now() < until; await this.pause(30)) {
			const requests = await this.sandbox.requests();
			if (requests.some((request) => path.test(request.path))) return true;
		}
		return false;
	}

	/** Waits until everything has stopped that should, or nothing is going on any more although n8n has polled. */
	async settle(hasStopped: () => Promise<boolean>): Promise<void> {
		for (let polls = 0; polls < 3; polls++) {
			await this.sandbox.clearRequests();
			if (!(await this.request(/^\/email\/threads$/, 120_000)))
				throw new Error('n8n does not poll');
			await this.n8n.until('no execution is running', 120_000, async () =>
				(await this.executions('&status=running')).length === 0 ? true : undefined,
			);
			// The execution of a poll begins a moment after it.
			await this.pause(500);
			if (polls > 0 && (await hasStopped())) return;
		}
	}

	/** Kills n8n with SIGKILL and boots it again in the same folder. */
	async killAndRestart(): Promise<void> {
		await this.n8n.kill();
		await this.sandbox.clearFaults();
		this.n8n = await this.n8n.restart();
	}

	/** The executions, without their data; without a filter, those that are not running. */
	async executions(filter = ''): Promise<Listed[]> {
		const all: Listed[] = [];
		let next = '';
		do {
			const path = `/executions?workflowId=${this.workflowId}&limit=250${filter}${next}`;
			const page = await this.n8n.api<{ data: Listed[]; nextCursor: string | null }>('GET', path);
			all.push(...page.data);
			next = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
		} while (next !== '');
		return all;
	}

	/** Retries every crashed execution of a lead, as the example's note asks. @returns how many */
	async retryLeads(): Promise<number> {
		let count = 0;
		for (const { id, status } of await this.executions()) {
			if (status !== 'crashed' || this.retried.has(id)) continue;
			this.retried.add(id);
			const { data } = await this.n8n.execution(id);
			if (!JSON.stringify(data ?? {}).includes('submittedAt')) continue;
			await this.n8n.rest('POST', `/rest/executions/${id}/retry`, { loadWorkflow: true });
			count++;
		}
		return count;
	}

	async pause(ms: number): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, ms));
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await this.closeSandbox();
	}
}
