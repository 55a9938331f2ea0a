/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

import { LAB } from './environment';

/** How n8n's process ended. */
export interface Exit {
	code: number | null;
	signal: string | null;
	error?: string;
}

/** n8n's process behind its guard. */
export interface GuardedProcess {
	pid: number;
	/** Undefined while it runs. */
	exit(): Exit | undefined;
	/** Settles when n8n has ended. */
	ended: Promise<Exit>;
	/** Sends SIGTERM (or stopSignal), and SIGKILL 15 s later. */
	stop(): Promise<Exit>;
	/** Sends SIGKILL to n8n and everything it started. */
	kill(): Promise<Exit>;
}

interface GuardMessage {
	pid?: number;
	exit?: Exit;
}

/**
 * Starts a command behind guard.mjs: it ends with this process, however this process ends, and removeFolder is removed
 * then. Output is appended to logFile. Throws if the command cannot be started.
 */
export async function startGuarded(spec: {
	command: string;
	args: string[];
	env: Record<string, string>;
	cwd: string;
	logFile: string;
	removeFolder?: string;
	/** What stop() sends; default SIGTERM. */
	stopSignal?: string;
}): Promise<GuardedProcess> {
	const { logFile, ...order } = spec;
	const log = openSync(logFile, 'a');
	const guard = spawn(process.execPath, [join(LAB, 'guard.mjs'), JSON.stringify(order)], {
		stdio: ['ignore', log, log, 'ipc'],
		detached: process.platform !== 'win32',
		env: { PATH: process.env.PATH ?? '' },
	});
	closeSync(log);

	let exit: Exit | undefined;
	let resolveEnded: (exit: Exit) => void = () => {};
	const ended = new Promise<Exit>((resolve) => {
		resolveEnded = resolve;
	});
	const settle = (result: Exit): void => {
		exit ??= result;
		resolveEnded(exit);
	};
	const pid = await new Promise<number>((resolve, reject) => {
		guard.on('message', (message: GuardMessage) => {
			if (message.pid !== undefined) resolve(message.pid);
			if (message.exit !== undefined) {
				settle(message.exit);
				reject(new Error(message.exit.error ?? 'n8n ended before it started'));
			}
		});
		guard.once('error', reject);
		guard.once('exit', (code, signal) => {
			settle({ code, signal });
			reject(new Error('The guard of n8n ended before n8n started'));
		});
	});
	// Neither the guard nor its channel may keep this process alive: its end is their signal.
	guard.unref();
	guard.channel?.unref();

	/** A pending promise does not keep Node alive; the timer does while a caller waits. */
	const waitForEnd = async (): Promise<Exit> => {
		const alive = setInterval(() => {}, 1000);
		try {
			return await ended;
		} finally {
			clearInterval(alive);
		}
	};
	return {
		pid,
		exit: () => exit,
		ended,
		stop: async () => {
			if (exit === undefined && guard.connected) guard.send({ stop: true }, () => {});
			return await waitForEnd();
		},
		kill: async () => {
			if (exit === undefined) killGroup(pid);
			return await waitForEnd();
		},
	};
}

function killGroup(pid: number): void {
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch {
		// It ended in the meantime.
	}
}
