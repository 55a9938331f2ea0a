/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client, OWNER, type Session } from './boot/client';
import { freePort, n8nEnvironment } from './boot/environment';
import * as folders from './boot/folder';
import { startGuarded, type Exit, type GuardedProcess } from './boot/process';
import { waitUntilReady } from './boot/ready';
import { removeFolder, temporaryFolder } from './boot/temporary';
import type { BootOptions } from './boot/types';
import { findNode, folderOf, versionOf, type Version } from './boot/versions';
import { Workbench } from './boot/workbench';

export type { Session } from './boot/client';
export type * from './boot/types';
export { hasEnded, itemsOf, jsonOf, nodeError } from './boot/executions';
export { Workbench } from './boot/workbench';

interface Setup extends Omit<BootOptions, 'version'> {
	version: Version;
	userFolder: string;
	logFile: string;
	throwAway: boolean;
}

/** A booted n8n with the package installed. Loopback only; it ends with this process. */
export class N8n extends Workbench {
	readonly owner = { email: OWNER.email, password: OWNER.password };

	constructor(
		client: Client,
		private readonly server: GuardedProcess,
		private readonly setup: Setup,
	) {
		super(client);
	}

	/** Where the editor is, without a trailing slash. */
	get url(): string {
		return this.client.url;
	}

	/** Lets other processes work in it: see connectN8n. Valid until n8n's next boot takes other ports. */
	get session(): Session {
		return this.client.session;
	}

	/** n8n's own process, leader of the group that kill() ends. */
	get pid(): number {
		return this.server.pid;
	}

	/** Holds .n8n and lab.json; survives kill() and restart(). */
	get userFolder(): string {
		return this.setup.userFolder;
	}

	/** Everything n8n has printed since the folder's first boot. */
	logs(): string {
		return readFileSync(this.setup.logFile, 'utf8');
	}

	/** Whether n8n's process is still there. */
	isRunning(): boolean {
		return this.server.exit() === undefined;
	}

	/** Settles when n8n's process is gone, for whatever reason. Does not keep this process alive. */
	get ended(): Promise<Exit> {
		return this.server.ended;
	}

	/** Ends n8n as a service manager would, and removes a throw-away folder. May be called again. */
	async stop(options: { keepFolder?: boolean } = {}): Promise<void> {
		await this.server.stop();
		if (this.setup.throwAway && options.keepFolder !== true) removeFolder(this.setup.userFolder);
	}

	/** SIGKILL to n8n and all it started. The folder stays for restart(); stop() removes it. */
	async kill(): Promise<void> {
		await this.server.kill();
	}

	/** Stops n8n if it runs and boots it again on the same folder, with new ports; env is added. */
	async restart(env: Record<string, string> = {}): Promise<N8n> {
		await this.stop({ keepFolder: true });
		return await boot({ ...this.setup, env: { ...this.setup.env, ...env } });
	}
}

/**
 * Boots n8n on free ports with the packed package installed as n8n's own installer does.
 * The very first boot of a version makes a template database, which takes some 15 s more.
 * Throws, with the end of n8n's log, when n8n does not come up; nothing is left running then.
 */
export async function bootN8n(options: BootOptions = {}): Promise<N8n> {
	const progress = options.onProgress ?? (() => {});
	const version = versionOf(options.version);
	if (!folders.hasTemplate(version)) {
		progress(`Preparing the database of n8n ${folders.n8nVersion(version)} (first time only) …`);
		await makeTemplate(version);
	}
	const throwAway = options.userFolder === undefined;
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	let n8n: N8n | undefined;
	try {
		folders.prepareFolder(userFolder, version);
		if (options.withoutPackage !== true)
			folders.installPackage(userFolder, options.tarball ?? folders.packedTarball());
		progress(`Starting n8n ${folders.n8nVersion(version)} …`);
		const logFile = options.logFile ?? join(userFolder, 'n8n.log');
		n8n = await boot({ ...options, version, userFolder, logFile, throwAway });
		return n8n;
	} finally {
		if (n8n === undefined && throwAway) removeFolder(userFolder);
	}
}

/** The workbench of an n8n that another process booted; it is not ours to stop. */
export function connectN8n(session: Session): Workbench {
	return new Workbench(new Client(session.url, session.apiKey, session.cookie, session.activation));
}

async function makeTemplate(version: Version): Promise<void> {
	const userFolder = temporaryFolder('n8n');
	try {
		folders.prepareFolder(userFolder, version);
		const logFile = join(userFolder, 'n8n.log');
		const n8n = await boot({ version, userFolder, logFile, throwAway: true });
		await n8n.stop({ keepFolder: true });
		folders.saveTemplate(userFolder, version);
	} finally {
		removeFolder(userFolder);
	}
}

async function boot(setup: Setup): Promise<N8n> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await bootOnce(setup);
		if (typeof outcome !== 'string') return outcome;
		// A port that was free a moment ago may be somebody else's by now.
		if (!/EADDRINUSE|already in use/.test(outcome) || attempt === 3) throw new Error(outcome);
	}
}

/** @returns the running n8n, or why there is none */
async function bootOnce(setup: Setup): Promise<N8n | string> {
	const state = folders.prepareFolder(setup.userFolder, setup.version);
	const port = await freePort();
	const server = await startGuarded({
		command: findNode(setup.version),
		args: [join(folderOf(setup.version), 'node_modules', 'n8n', 'bin', 'n8n'), 'start'],
		cwd: setup.userFolder,
		env: n8nEnvironment({
			userFolder: setup.userFolder,
			encryptionKey: state.encryptionKey,
			port,
			brokerPort: await freePort(),
			version: setup.version,
			extra: setup.env,
		}),
		logFile: setup.logFile,
		removeFolder: setup.throwAway ? setup.userFolder : undefined,
	});
	let n8n: N8n | undefined;
	try {
		const { activation } = setup.version;
		const client = new Client(`http://127.0.0.1:${port}`, state.apiKey, '', activation);
		const obstacle = await waitUntilReady(client, server, setup);
		if (obstacle !== undefined) return obstacle;
		const apiKey = await client.enter();
		folders.writeState(setup.userFolder, { ...state, apiKey });
		n8n = new N8n(client, server, setup);
		return n8n;
	} finally {
		if (n8n === undefined) await server.kill();
	}
}
