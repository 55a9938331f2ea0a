/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';

import { installPackage, packedTarball } from '../boot/folder';
import { removeFolder, temporaryFolder } from '../boot/temporary';
import { bootInstance, type Instance } from './instance';

/** What all processes of one queue have in common. */
export interface Shared {
	encryptionKey: string;
	/** Where the database and Redis are. */
	env: Record<string, string>;
}

/** How a worker is started. */
export interface WorkerStart {
	/** Default: true. */
	withPackage?: boolean;
	/** A folder of its own that nobody has used, as in a container that was made anew. Default: the one it had. */
	freshFolder?: boolean;
	env?: Record<string, string>;
}

/** A worker of the queue: one execution at a time, in a folder of its own. */
export class QueueWorker {
	private instance: Instance | undefined;
	private userFolder: string | undefined;

	constructor(
		readonly name: string,
		private readonly shared: Shared,
		private readonly logFile: string,
	) {}

	/** Starts it and waits until it takes executions. */
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

	/** Whether its process is there. */
	isRunning(): boolean {
		return this.instance !== undefined && this.instance.server.exit() === undefined;
	}

	/** Everything it has printed, over all its starts. */
	logs(): string {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/** Ids of the executions it has begun, by its log, oldest first. */
	begun(): string[] {
		return [...this.logs().matchAll(/Worker started execution (\S+)/g)].map(([, id]) => id);
	}

	/** SIGKILL to it and all it started; its folder stays. */
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
