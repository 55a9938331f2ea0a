import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { LAB, LOGS, ROOT } from './paths.mjs';
import { StepError } from './progress.mjs';

/** The guards of what is running. */
const guards = new Set();
let interrupted = false;

/** Ends what is running, the second time immediately, and prevents anything else from starting: for Ctrl-C and the like. */
export function interrupt() {
	for (const guard of guards) {
		if (guard.connected) guard.send(interrupted ? { kill: true } : { stop: true });
	}
	interrupted = true;
}

/** Starts a command behind a guard, so that it and what it has started end with this process, even on SIGKILL. */
function start(command, args, { cwd = ROOT, env = {}, stdio }) {
	if (interrupted) throw new StepError('Interrupted.');
	const isWindows = process.platform === 'win32';
	const shell = isWindows && !command.endsWith('.exe');
	const path = [dirname(process.execPath), join(ROOT, 'node_modules', '.bin'), process.env.PATH];
	const spec = JSON.stringify({ command, args, cwd, shell });
	const guard = spawn(process.execPath, [join(LAB, 'guard.mjs'), spec], {
		stdio: [...stdio, 'ipc'],
		// Out of reach of the terminal's Ctrl-C, which interrupt() passes on.
		detached: !isWindows,
		env: { ...process.env, PATH: path.join(delimiter), ...env },
	});
	guards.add(guard);
	return guard;
}

/** @returns the command's { code, signal }. Throws a StepError if it could not be started. */
async function ended(guard, command) {
	const exit = await new Promise((resolve) => {
		let last = { code: null, signal: 'SIGKILL' };
		guard.on('message', (message) => (last = message.exit ?? last));
		guard.once('error', (error) => resolve({ error: error.message }));
		guard.once('close', () => resolve(last));
	});
	guards.delete(guard);
	if (exit.error) throw new StepError(`${command} could not be started: ${exit.error}`);
	return exit;
}

/**
 * Runs a command with its output in a log file.
 * Throws a StepError with the end of the log when it fails.
 * @returns its standard output
 */
export async function logged(name, command, args, { cwd, env } = {}) {
	mkdirSync(LOGS, { recursive: true });
	const logFile = join(LOGS, `${name}.log`);
	const log = createWriteStream(logFile);
	const guard = start(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	guard.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
	for (const stream of [guard.stdout, guard.stderr]) stream.on('data', (chunk) => log.write(chunk));
	const { code, signal } = await ended(guard, command);
	await new Promise((resolve) => log.end(resolve));
	if (interrupted) throw new StepError('Interrupted.');
	if (code !== 0) {
		const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
		throw new StepError(
			`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}. ` +
				`The end of its log (${logFile}):\n\n${tail}\n`,
		);
	}
	return output;
}

/** Runs a command in the terminal. @returns its exit code */
export async function shown(command, args, { cwd, env } = {}) {
	const stdio = ['inherit', 'inherit', 'inherit'];
	const { code, signal } = await ended(start(command, args, { cwd, env, stdio }), command);
	return signal === null ? code : 1;
}

/** For npm's installing commands. */
export const QUIET = ['--no-audit', '--no-fund'];

/** Runs npm: the one that started this command, if any. */
export async function npm(name, args, options) {
	const script = process.env.npm_execpath;
	return script?.endsWith('.js')
		? await logged(name, process.execPath, [script, ...args], options)
		: await logged(name, 'npm', args, options);
}
