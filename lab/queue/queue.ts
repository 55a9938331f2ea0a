/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { HttpClient, type Session } from '../boot/httpClient';
import { CACHE } from '../boot/folder';
import { N8nClient } from '../boot/n8nClient';
import { takeAddress, type Address } from './address';
import { isHealthy, QueueProcess, type Shared } from './process';
import { startPostgres, startRedis } from './services';
import { QueueWorker } from './worker';

export type { ProcessStart, QueueProcess } from './process';
export { QueueWorker } from './worker';

/** What to end, in the order in which it was started. */
type Cleanup = Array<() => Promise<void>>;

interface Processes {
	main: QueueProcess;
	webhook: QueueProcess;
	workers: QueueWorker[];
	webhookUrl: string;
}

/**
 * n8n in queue mode: a main instance, workers, a webhook process, PostgreSQL and Redis, all on loopback. It ends with
 * this process. The main instance and the webhook process keep their addresses when they start again.
 */
export class QueueN8n extends N8nClient {
	constructor(
		client: HttpClient,
		private readonly processes: Processes,
		private readonly cleanup: Cleanup,
	) {
		super(client);
	}

	get main(): QueueProcess {
		return this.processes.main;
	}

	get webhook(): QueueProcess {
		return this.processes.webhook;
	}

	get workers(): QueueWorker[] {
		return this.processes.workers;
	}

	/** WEBHOOK_URL of all processes: the address of the webhook process. */
	get webhookUrl(): string {
		return this.processes.webhookUrl;
	}

	/** For connectN8n. */
	get session(): Session {
		return this.client.session;
	}

	/** The first worker that has started an execution, by its log; undefined if none has. */
	workerOf(executionId: string): QueueWorker | undefined {
		return this.workers.find((worker) => worker.startedExecutions().includes(executionId));
	}

	/** Ends everything and removes all folders. */
	async stop(): Promise<void> {
		await runAll(this.cleanup);
	}
}

/**
 * Boots n8n in queue mode with the packed package on each of its processes, and logs the owner in. Manual executions run
 * on the workers too, one at a time on each; only the webhook process takes production webhooks, and all processes have
 * its address as WEBHOOK_URL. `env` is passed to all of them.
 * Logs are kept as queue-<process>.log beside the lab's others. Throws if anything does not start.
 */
export async function bootQueue(
	options: { workers?: number; env?: Record<string, string> } = {},
): Promise<QueueN8n> {
	const cleanup: Cleanup = [];
	let queue: QueueN8n | undefined;
	try {
		const [forMain, forWebhooks] = [await address(cleanup), await address(cleanup)];
		const shared = await startServices(cleanup, { WEBHOOK_URL: forWebhooks.url, ...options.env });
		const processes = processesOf(shared, options.workers ?? 2, [forMain, forWebhooks]);
		const { main, webhook, workers } = processes;
		for (const one of [main, webhook, ...workers]) cleanup.push(async () => await one.dispose());
		// The main instance creates the database that the others need.
		await main.start();
		const client = new HttpClient(forMain.url, undefined);
		await client.logIn();
		await Promise.all([webhook, ...workers].map(async (one) => await one.start()));
		queue = new QueueN8n(client, processes, cleanup);
		return queue;
	} finally {
		if (queue === undefined) await runAll(cleanup);
	}
}

async function address(cleanup: Cleanup): Promise<Address> {
	const taken = await takeAddress();
	cleanup.push(taken.close);
	return taken;
}

async function startServices(cleanup: Cleanup, env: Record<string, string>): Promise<Shared> {
	const postgres = await startPostgres(logFile('postgres'));
	cleanup.push(postgres.stop);
	const redis = await startRedis(logFile('redis'));
	cleanup.push(redis.stop);
	return {
		encryptionKey: randomBytes(24).toString('hex'),
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...env,
		},
	};
}

function processesOf(shared: Shared, count: number, [forMain, forWebhooks]: Address[]): Processes {
	const names = Array.from({ length: count }, (_, index) => `worker${index + 1}`);
	return {
		main: new QueueProcess(
			{
				name: 'main',
				args: ['start'],
				env: { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
				logFile: logFile('main'),
				isReady: async (at) => await new HttpClient(`http://127.0.0.1:${at}`, undefined).isReady(),
				address: forMain,
			},
			shared,
		),
		webhook: new QueueProcess(
			{
				name: 'webhook',
				args: ['webhook'],
				env: {},
				logFile: logFile('webhook'),
				isReady: isHealthy,
				address: forWebhooks,
			},
			shared,
		),
		workers: names.map((name) => new QueueWorker(name, shared, logFile(name))),
		webhookUrl: forWebhooks.url,
	};
}

/** An empty log for this boot. */
function logFile(name: string): string {
	const folder = join(CACHE, 'logs');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `queue-${name}.log`);
	rmSync(file, { force: true });
	return file;
}

async function runAll(cleanup: Cleanup): Promise<void> {
	for (const end of cleanup.splice(0).reverse()) await end();
}
