/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { HttpClient, type Session } from '../boot/httpClient';
import { CACHE, installPackage, packedTarball } from '../boot/folder';
import { N8nClient } from '../boot/n8nClient';
import { removeFolder, temporaryFolder } from '../boot/temporary';
import { bootInstance } from './instance';
import { startPostgres, startRedis } from './services';
import { QueueWorker, type Shared } from './worker';

export { QueueWorker } from './worker';
export type { WorkerStart } from './worker';

/** What to end, in the order in which it was started. */
type Cleanup = Array<() => Promise<void>>;

/** n8n in queue mode: a main instance, workers, PostgreSQL and Redis, all on loopback. It ends with this process. */
export class QueueN8n extends N8nClient {
	constructor(
		client: HttpClient,
		readonly workers: QueueWorker[],
		private readonly cleanup: Cleanup,
	) {
		super(client);
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
 * Boots n8n in queue mode with the packed package on the main instance and on each worker, and logs the owner in. Manual
 * executions run on the workers too, one at a time on each. `env` is passed to all processes of n8n.
 * Logs are kept as queue-<process>.log beside the lab's others. Throws if anything does not start.
 */
export async function bootQueue(
	options: { workers?: number; env?: Record<string, string> } = {},
): Promise<QueueN8n> {
	const cleanup: Cleanup = [];
	let queue: QueueN8n | undefined;
	try {
		const shared = await startServices(cleanup, options.env);
		const client = await startMain(shared, cleanup);
		const names = Array.from({ length: options.workers ?? 2 }, (_, index) => `worker${index + 1}`);
		const workers = names.map((name) => new QueueWorker(name, shared, logFile(name)));
		for (const worker of workers) cleanup.push(async () => await worker.dispose());
		await Promise.all(workers.map(async (worker) => await worker.start()));
		queue = new QueueN8n(client, workers, cleanup);
		return queue;
	} finally {
		if (queue === undefined) await runAll(cleanup);
	}
}

async function startServices(cleanup: Cleanup, env: Record<string, string> = {}): Promise<Shared> {
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

async function startMain(shared: Shared, cleanup: Cleanup): Promise<HttpClient> {
	const userFolder = temporaryFolder('n8n-main');
	cleanup.push(async () => removeFolder(userFolder));
	installPackage(userFolder, packedTarball());
	const { server, port } = await bootInstance({
		args: ['start'],
		userFolder,
		...shared,
		logFile: logFile('main'),
		isReady: async (at) => await clientAt(at).isReady(),
	});
	cleanup.push(async () => void (await server.stop()));
	const client = clientAt(port);
	await client.logIn();
	return client;
}

function clientAt(port: number): HttpClient {
	return new HttpClient(`http://127.0.0.1:${port}`, undefined);
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
