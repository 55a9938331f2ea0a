/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';

import { installPackage, packedTarball } from '../boot/folder';
import { removeFolder, temporaryFolder } from '../boot/temporary';
import { bootInstance, type Instance } from './instance';

/** What all processes of one queue share. */
export interface Shared {
	encryptionKey: string;
	/** Where the database and Redis are. */
	env: Record<string, string>;
}

/** How a worker is started. */
export interface WorkerStart {
	/** Default: true. */
	withPackage?: boolean;
	/** A new, empty folder, as in a new container. Default: the one it had. */
	freshFolder?: boolean;
	env?: Record<string, string>;
}

/** A worker of the queue, with its own folder; it runs one execution at a time. */
export class QueueWorker {
	private instance: Instance | undefined;
	private userFolder: string | undefined;

	constructor(
		readonly name: string,
		private readonly shared: Shared,
		private readonly logFile: string,
	) {}

	/** Starts it and waits until it accepts executions. */
	async start(options: WorkerStart = {}): Promise<void> {
		if (options.freshFolder === true || options.withPackage === false) this.dropFolder();
		this.userFolder ??= temporaryFolder(`n8n-${this.name}`);
		if (options.withPackage !== false) installPackage(this.userFolder, packedTarball());
		this.instance = await bootInstance({
			args: ['worker', '--concurrency=1'],
			userFolder: this.userFolder,
			encryptionKey: this.shared.encryptionKey,
			env: {
				...this.shared.env,
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				...options.env,
			},
			logFile: this.logFile,
			isReady: isHealthy,
		});
	}

	/** Whether its process is running. */
	isRunning(): boolean {
		return this.instance !== undefined && this.instance.server.exit() === undefined;
	}

	/** Everything it has printed since its first start. */
	logs(): string {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/** Ids of the executions it has started, by its log, oldest first. */
	startedExecutions(): string[] {
		return [...this.logs().matchAll(/Worker started execution (\S+)/g)].map(([, id]) => id);
	}

	/** Sends SIGKILL to it and everything it started; its folder stays. */
	async kill(): Promise<void> {
		await this.instance?.server.kill();
	}

	/** Ends it as a service manager would; its folder stays until dispose(). */
	async stop(): Promise<void> {
		await this.instance?.server.stop();
	}

	/** Ends it and removes its folder. */
	async dispose(): Promise<void> {
		await this.stop();
		this.dropFolder();
	}

	private dropFolder(): void {
		if (this.userFolder !== undefined) removeFolder(this.userFolder);
		this.userFolder = undefined;
	}
}

async function isHealthy(port: number): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}
