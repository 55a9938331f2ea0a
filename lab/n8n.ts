/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { HttpClient, OWNER, type Session } from './boot/httpClient';
import { freePort, n8nEnvironment } from './boot/environment';
import * as folders from './boot/folder';
import { startGuarded, type Exit, type GuardedProcess } from './boot/process';
import { waitUntilReady } from './boot/ready';
import { removeFolder, temporaryFolder } from './boot/temporary';
import type { BootOptions } from './boot/types';
import { findNode, folderOf, versionOf, type Version } from './boot/versions';
import { N8nClient } from './boot/n8nClient';

export type { Session } from './boot/httpClient';
export type * from './boot/types';
export { hasEnded, itemsOf, jsonOf, nodeError } from './boot/executions';
export { N8nClient } from './boot/n8nClient';

interface Setup extends Omit<BootOptions, 'version'> {
	version: Version;
	userFolder: string;
	logFile: string;
	isTemporary: boolean;
}

/** A booted n8n with the package installed. It listens on loopback only and ends with this process. */
export class N8n extends N8nClient {
	readonly owner = { email: OWNER.email, password: OWNER.password };

	constructor(
		client: HttpClient,
		private readonly server: GuardedProcess,
		private readonly setup: Setup,
	) {
		super(client);
	}

	/** Where the editor is, without a trailing slash. */
	get url(): string {
		return this.client.url;
	}

	/** For connectN8n in other processes. Valid until restart(), which may use another port. */
	get session(): Session {
		return this.client.session;
	}

	/** n8n's own process, the leader of the process group that kill() ends. */
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

	/** Settles when n8n's process has ended, for whatever reason. Does not keep this process alive. */
	get ended(): Promise<Exit> {
		return this.server.ended;
	}

	/** Ends n8n as a service manager would, and removes a temporary folder. May be called again. */
	async stop(options: { keepFolder?: boolean } = {}): Promise<void> {
		await this.server.stop();
		if (this.setup.isTemporary && options.keepFolder !== true) removeFolder(this.setup.userFolder);
	}

	/** Sends SIGKILL to n8n and everything it started. The folder stays for restart(); stop() removes it. */
	async kill(): Promise<void> {
		await this.server.kill();
	}

	/** Stops n8n if it runs and boots it again on the same folder, maybe on another port; `env` is added to its environment. */
	async restart(env: Record<string, string> = {}): Promise<N8n> {
		await this.stop({ keepFolder: true });
		return await boot({ ...this.setup, env: { ...this.setup.env, ...env } });
	}
}

/**
 * Boots n8n on free ports, or on the one that is asked for, with the packed package installed as n8n's own installer does.
 * The first boot of a version creates a template database, which takes about 15 s longer.
 * Throws with the end of n8n's log if n8n does not start; nothing is left running then.
 */
export async function bootN8n(options: BootOptions = {}): Promise<N8n> {
	const progress = options.onProgress ?? (() => {});
	const version = versionOf(options.version);
	if (!folders.hasTemplate(version)) {
		progress(
			`Creating the database of n8n ${folders.n8nVersion(version)} … (first time only, about 15 s)`,
		);
		await createTemplate(version);
	}
	const isTemporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	let n8n: N8n | undefined;
	try {
		folders.prepareFolder(userFolder, version);
		if (options.withoutPackage !== true)
			folders.installPackage(userFolder, options.tarball ?? folders.packedTarball());
		progress(`Starting n8n ${folders.n8nVersion(version)} … (about 10 s)`);
		const logFile = options.logFile ?? join(userFolder, 'n8n.log');
		n8n = await boot({ ...options, version, userFolder, logFile, isTemporary });
		return n8n;
	} finally {
		if (n8n === undefined && isTemporary) removeFolder(userFolder);
	}
}

/** A client of an n8n that another process booted, and that process stops. */
export function connectN8n(session: Session): N8nClient {
	return new N8nClient(
		new HttpClient(session.url, session.apiKey, session.cookie, session.activation),
	);
}

async function createTemplate(version: Version): Promise<void> {
	const userFolder = temporaryFolder('n8n');
	try {
		folders.prepareFolder(userFolder, version);
		const logFile = join(userFolder, 'n8n.log');
		const n8n = await boot({ version, userFolder, logFile, isTemporary: true });
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
		// Another process may have taken a port that was free a moment ago.
		if (!/EADDRINUSE|already in use/.test(outcome) || attempt === 3) throw new Error(outcome);
	}
}

/** @returns the running n8n, or why there is none */
async function bootOnce(setup: Setup): Promise<N8n | string> {
	const state = folders.prepareFolder(setup.userFolder, setup.version);
	const port = await freePort(setup.port);
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
		removeFolder: setup.isTemporary ? setup.userFolder : undefined,
	});
	let n8n: N8n | undefined;
	try {
		const { activation } = setup.version;
		const client = new HttpClient(`http://127.0.0.1:${port}`, state.apiKey, '', activation);
		const failure = await waitUntilReady(client, server, setup);
		if (failure !== undefined) return failure;
		const apiKey = await client.logIn();
		folders.writeState(setup.userFolder, { ...state, apiKey });
		n8n = new N8n(client, server, setup);
		return n8n;
	} finally {
		if (n8n === undefined) await server.kill();
	}
}
