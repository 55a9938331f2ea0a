/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';

import { installPackage, packedTarball } from '../boot/folder';
import { removeFolder, temporaryFolder } from '../boot/temporary';
import type { Address } from './address';
import { bootInstance, type Instance, type InstanceSetup } from './instance';

/** What all processes of one queue share. */
export interface Shared {
	encryptionKey: string;
	/** Where the database, Redis and the webhook process are. */
	env: Record<string, string>;
}

/** What a process of the queue is. */
export interface ProcessSetup extends Pick<InstanceSetup, 'args' | 'env' | 'isReady'> {
	name: string;
	logFile: string;
	/** Leads to it from each of its starts on. */
	address?: Address;
}

/** How a process is started. */
export interface ProcessStart {
	/** Default: true. */
	withPackage?: boolean;
	/** A new, empty folder, as in a new container. Default: the one it had. */
	freshFolder?: boolean;
	env?: Record<string, string>;
}

/** A process of n8n in queue mode, with its own folder. */
export class QueueProcess {
	private instance: Instance | undefined;
	private userFolder: string | undefined;

	constructor(
		private readonly setup: ProcessSetup,
		private readonly shared: Shared,
	) {}

	get name(): string {
		return this.setup.name;
	}

	/** Starts it and waits until it answers. */
	async start(options: ProcessStart = {}): Promise<void> {
		const { args, env, isReady, name, logFile, address } = this.setup;
		if (options.freshFolder === true || options.withPackage === false) this.dropFolder();
		this.userFolder ??= temporaryFolder(`n8n-${name}`);
		if (options.withPackage !== false) installPackage(this.userFolder, packedTarball());
		this.instance = await bootInstance({
			args,
			userFolder: this.userFolder,
			encryptionKey: this.shared.encryptionKey,
			env: { ...this.shared.env, ...env, ...options.env },
			logFile,
			isReady,
		});
		address?.leadTo(this.instance.port);
	}

	/** Whether its process is running. */
	isRunning(): boolean {
		return this.instance !== undefined && this.instance.server.exit() === undefined;
	}

	/** Everything it has printed since its first start. */
	logs(): string {
		const { logFile } = this.setup;
		return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
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

/** Whether an n8n process without an editor is ready: its health check says so. */
export async function isHealthy(port: number): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}
