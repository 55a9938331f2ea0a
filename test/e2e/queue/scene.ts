/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { jsonOf, nodeError, type CredentialReference, type Execution } from '../../../lab/n8n';
import { bootQueue, type QueueN8n, type QueueWorker } from '../../../lab/queue/queue';
import { N8nFixture, chain, manualStart, sendToEach, trustPager } from '../support/n8nFixture';
import { startSandboxProcess } from '../support/startSandbox';

/**
 * n8n notices that a worker is gone when its lock has expired and has been checked. Its defaults are a minute and half a
 * minute.
 */
const SHORT_LOCKS = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode with two workers, each of which runs one execution at a time, a webhook process, and a sandbox. */
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
			queue = await bootQueue({ env: SHORT_LOCKS });
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

	/** Resets the sandbox, without a rate limit and with plenty of credits. */
	async reset(): Promise<void> {
		await this.fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		await this.fixture.sandbox.set({ credits: 1_000_000 });
	}

	/** Runs one operation of the node, and checks that a worker ran it. @returns its items */
	async run(parameters: Record<string, unknown>): Promise<Array<Record<string, unknown>>> {
		const node = trustPager('TrustPager', parameters, this.credential);
		const execution = await this.fixture.runChain(node);
		expectSuccess(execution);
		expect(this.queue.workerOf(execution.id)?.name).toMatch(/^worker[12]$/);
		return jsonOf(execution, 'TrustPager');
	}

	/** Stores a workflow that sends one email to each address. @param send more parameters of the node. @returns its ID */
	async bulkSend(
		name: string,
		addresses: string[],
		send: Record<string, unknown> = {},
		credential = this.credential,
	): Promise<string> {
		const { id } = await this.fixture.n8n.createWorkflow(
			chain(name, manualStart(), ...sendToEach(addresses, credential, { parameters: send })),
		);
		return id;
	}

	/** Starts a bulk send. @returns the execution's ID, without waiting for its end */
	async start(workflowId: string): Promise<string> {
		return await this.fixture.n8n.startRun(workflowId, 'Start');
	}

	/** Waits until an execution has started on a worker. @returns the worker */
	async workerOf(executionId: string): Promise<QueueWorker> {
		return await this.fixture.n8n.until(`execution ${executionId} begins`, 60_000, async () =>
			this.queue.workerOf(executionId),
		);
	}

	/**
	 * Kills the worker of an execution once `moment` has come.
	 * @param delayMs how long the server may still work on requests that have reached it, even if nobody waits for the answers
	 */
	async killWorkerOf(
		executionId: string,
		moment: () => Promise<unknown>,
		delayMs: number,
	): Promise<QueueWorker> {
		const worker = await this.workerOf(executionId);
		await moment();
		await worker.kill();
		await new Promise((resolve) => setTimeout(resolve, delayMs + 500));
		await this.fixture.sandbox.clearFaults();
		return worker;
	}

	/** How many emails each address has received. */
	async delivered(addresses: string[]): Promise<Map<string, number>> {
		const times = new Map(addresses.map((address) => [address, 0]));
		for (const { to } of await this.fixture.sandbox.outbox()) {
			const before = times.get(to);
			if (before !== undefined) times.set(to, before + 1);
		}
		return times;
	}

	/** How many addresses have received nothing, one email, and more than one. */
	async tally(addresses: string[]): Promise<{ lost: number; once: number; twice: number }> {
		return tallyOfTimes([...(await this.delivered(addresses)).values()]);
	}

	/** Prints numbers to the test's output. */
	note(title: string, numbers: Record<string, unknown>): void {
		process.stdout.write(`queue test: ${title} ${JSON.stringify(numbers)}\n`);
	}
}

/** Fails with n8n's error when an execution has not succeeded. */
export function expectSuccess(execution: Execution): void {
	const error = nodeError(execution);
	expect({ status: execution.status, error: error?.message }).toEqual({ status: 'success' });
}

/** How many of these numbers are 0, 1, and more. */
export function tallyOfTimes(times: number[]): { lost: number; once: number; twice: number } {
	return {
		lost: times.filter((count) => count === 0).length,
		once: times.filter((count) => count === 1).length,
		twice: times.filter((count) => count > 1).length,
	};
}

/** Unique addresses. */
export function addressesOf(name: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${name}.${index}@example.com`);
}
