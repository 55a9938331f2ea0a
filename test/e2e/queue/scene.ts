/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import {
	nodeError,
	type CredentialReference,
	type Execution,
	type WorkflowNode,
} from '../../../lab/n8n';
import { bootQueue, type QueueN8n, type QueueWorker } from '../../../lab/queue/queue';
import { N8nFixture, chain, manualStart, node, trustPager } from '../support/n8nFixture';
import { startSandboxProcess } from '../support/startSandbox';

/**
 * n8n takes a worker that is gone for gone when its lock has run out and somebody has looked; its own times are
 * a minute and half a minute.
 */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode with two workers, each of which runs one execution at a time, and a sandbox of its own. */
export class QueueScene {
	private constructor(
		readonly queue: QueueN8n,
		readonly fixture: N8nFixture,
		readonly credential: CredentialReference,
		private readonly closeSandbox: () => Promise<void>,
	) {}

	/** Boots everything. */
	static async open(): Promise<QueueScene> {
		const { facts, close } = await startSandboxProcess();
		let queue: QueueN8n | undefined;
		let scene: QueueScene | undefined;
		try {
			queue = await bootQueue({ env: SOON });
			const fixture = new N8nFixture({ session: queue.session, sandbox: facts });
			scene = new QueueScene(queue, fixture, await fixture.credential(), close);
			return scene;
		} finally {
			if (scene === undefined) {
				await queue?.stop();
				await close();
			}
		}
	}

	async close(): Promise<void> {
		await this.queue.stop();
		await this.closeSandbox();
	}

	/** The sandbox as it was at first, without a rate limit, and with credits for any number of mails. */
	async reset(): Promise<void> {
		await this.fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		await this.fixture.sandbox.set({ credits: 1_000_000 });
	}

	/** Stores a workflow that sends one mail to each address. `send` adds to the node's parameters. @returns its id */
	async bulkSend(
		name: string,
		addresses: string[],
		send: Record<string, unknown> = {},
		credential = this.credential,
	): Promise<string> {
		const { id } = await this.fixture.n8n.createWorkflow(
			chain(name, manualStart(), ...rows(addresses), sendToEach(send, credential)),
		);
		return id;
	}

	/** Starts a bulk send. @returns the execution's id, at once */
	async start(workflowId: string): Promise<string> {
		return await this.fixture.n8n.startRun(workflowId, 'Start');
	}

	/** Waits until an execution has begun on a worker. @returns that worker */
	async workerOf(executionId: string): Promise<QueueWorker> {
		return await this.fixture.n8n.until(`execution ${executionId} begins`, 60_000, async () =>
			this.queue.workerOf(executionId),
		);
	}

	/** How often each of the addresses got a mail. */
	async delivered(addresses: string[]): Promise<Map<string, number>> {
		const times = new Map(addresses.map((address) => [address, 0]));
		for (const { to } of await this.fixture.sandbox.outbox()) {
			const before = times.get(to);
			if (before !== undefined) times.set(to, before + 1);
		}
		return times;
	}

	/** Shows numbers in the test's output. */
	note(title: string, numbers: Record<string, unknown>): void {
		process.stdout.write(`queue test: ${title} ${JSON.stringify(numbers)}\n`);
	}
}

/** Throws n8n's text when an execution has not succeeded. */
export function expectSuccess(execution: Execution): void {
	const error = nodeError(execution);
	expect({ status: execution.status, error: error?.message }).toEqual({ status: 'success' });
}

/** So many addresses that nobody else has. */
export function addressesOf(name: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${name}.${index}@example.com`);
}

function rows(addresses: string[]): WorkflowNode[] {
	return [
		node('Rows', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ rows: addresses.map((to) => ({ to })) }),
			options: {},
		}),
		node('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'rows', options: {} }),
	];
}

function sendToEach(more: Record<string, unknown>, credential: CredentialReference): WorkflowNode {
	return trustPager(
		'Send',
		{
			resource: 'email',
			operation: 'send',
			toEmail: '={{ $json.to }}',
			subject: 'News',
			htmlBody: '<p>Hello</p>',
			...more,
		},
		credential,
	);
}
