/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

import { freePort, LAB } from '../boot/environment';
import { startGuarded, type GuardedProcess } from '../boot/process';
import { removeFolder, temporaryFolder } from '../boot/temporary';

/** A server that n8n's queue mode needs, on loopback; its data are removed with it. */
export interface Service {
	port: number;
	pid: number;
	/** Holds its data until it ends. */
	folder: string;
	stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

interface ServiceCommand {
	command: string;
	args: string[];
	folder: string;
	logFile: string;
	stopSignal?: string;
}

/** Starts PostgreSQL with an empty database `postgres`, owned by the role `n8n`, which has no password. */
export async function startPostgres(logFile: string): Promise<Service> {
	const found = find('findPostgres');
	if (found === '') throw new Error('PostgreSQL was not found. Run: npm run test:e2e');
	const folder = temporaryFolder('postgres');
	const data = join(folder, 'data');
	const [command, ...args] = unprivileged(folder);
	const bin = runnable(found, [command, ...args], folder);
	const init = ['-D', data, '-U', 'n8n', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
	execFileSync(command, [...args, join(bin, 'initdb'), ...init], { stdio: 'pipe', cwd: folder });
	return await start('PostgreSQL', (port) => {
		const settings = [
			`port=${port}`,
			'listen_addresses=127.0.0.1',
			`unix_socket_directories=${folder}`,
			'fsync=off',
			// In files of the folder: shared memory would survive a SIGKILL.
			'dynamic_shared_memory_type=mmap',
		].flatMap((setting) => ['-c', setting]);
		return {
			command,
			args: [...args, join(bin, 'postgres'), '-D', data, ...settings],
			folder,
			logFile,
			// A fast shutdown; on SIGTERM it would wait for its clients.
			stopSignal: 'SIGINT',
		};
	});
}

/** Starts an empty Redis that writes nothing to disk. */
export async function startRedis(logFile: string): Promise<Service> {
	const command = find('findRedis');
	if (command === '') throw new Error('Redis was not found. Run: npm run test:e2e');
	const folder = temporaryFolder('redis');
	return await start('Redis', (port) => ({
		command,
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
		folder,
		logFile,
	}));
}

/** Runs a function of the lab's setup, whose ES modules Jest cannot load. @returns '' if it finds nothing */
function find(name: 'findPostgres' | 'findRedis'): string {
	const script = `import { ${name} } from './setup/services.mjs'; process.stdout.write(${name}() ?? '')`;
	return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		cwd: LAB,
		encoding: 'utf8',
	});
}

/** `nobody`, on every Linux. */
const NOBODY = '65534';

/** PostgreSQL refuses to run as root: the command that runs it as a user without rights, who is made the folder's owner. */
function unprivileged(folder: string): string[] {
	if (process.getuid?.() !== 0) return ['env'];
	execFileSync('chown', [`${NOBODY}:${NOBODY}`, folder]);
	return ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];
}

/** The folder of programs or, if this user may not enter it (as a clone in root's home), a copy of the whole version. */
function runnable(bin: string, [command, ...args]: string[], folder: string): string {
	try {
		execFileSync(command, [...args, join(bin, 'postgres'), '--version'], { stdio: 'pipe' });
		return bin;
	} catch {
		const copy = join(folder, 'programs');
		cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
		return join(copy, 'bin');
	}
}

async function start(name: string, commandFor: (port: number) => ServiceCommand): Promise<Service> {
	for (let attempt = 1; ; attempt++) {
		const port = await freePort();
		const { folder, logFile, ...command } = commandFor(port);
		const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
		const server = await startGuarded({
			...command,
			env,
			cwd: folder,
			logFile,
			removeFolder: folder,
		});
		if (await isListening(port, server)) {
			const stop = async (): Promise<void> => {
				await server.stop();
				removeFolder(folder);
			};
			return { port, pid: server.pid, folder, stop };
		}
		await server.kill();
		if (attempt < 3) continue;
		removeFolder(folder);
		const log = readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n');
		throw new Error(`${name} did not start. The end of its log:\n${log}`);
	}
}

async function isListening(port: number, server: GuardedProcess): Promise<boolean> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (server.exit() === undefined && Date.now() < deadline) {
		if (await answers(port)) return true;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return false;
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
