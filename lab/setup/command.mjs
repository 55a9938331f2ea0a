import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { LOGS, ROOT } from './paths.mjs';
import { StepError } from './progress.mjs';

const children = new Set();

/** Ends what is still running; for the way out of an interrupted set-up. */
export function endChildren(signal = 'SIGTERM') {
	for (const child of children) child.kill(signal);
}

function start(command, args, { cwd = ROOT, env = {}, stdio }) {
	const path = [dirname(process.execPath), join(ROOT, 'node_modules', '.bin'), process.env.PATH];
	const child = spawn(command, args, {
		cwd,
		stdio,
		shell: process.platform === 'win32' && !command.endsWith('.exe'),
		env: { ...process.env, PATH: path.join(delimiter), ...env },
	});
	children.add(child);
	return child;
}

function ended(child, command) {
	return new Promise((resolve, reject) => {
		child.once('error', (error) => {
			children.delete(child);
			reject(new StepError(`${command} could not be started: ${error.message}`));
		});
		child.once('close', (code, signal) => {
			children.delete(child);
			resolve({ code, signal });
		});
	});
}

/**
 * Runs a command with its output in a log file; report() gets each line.
 * Throws a StepError with the end of the log when it fails.
 * @returns its standard output
 */
export async function logged(name, command, args, { cwd, env, report = () => {} } = {}) {
	mkdirSync(LOGS, { recursive: true });
	const logFile = join(LOGS, `${name}.log`);
	const log = createWriteStream(logFile);
	const child = start(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (chunk) => {
			log.write(chunk);
			const lines = chunk.split('\n').filter((line) => line.trim() !== '');
			if (lines.length > 0) report(lines[lines.length - 1]);
		});
	}
	const { code, signal } = await ended(child, command);
	await new Promise((resolve) => log.end(resolve));
	if (code !== 0) {
		const text = readFileSync(logFile, 'utf8');
		const tail = text.trimEnd().split('\n').slice(-40).join('\n');
		throw new StepError(
			`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}. ` +
				`The end of its log (${logFile}):\n\n${tail}\n`,
			text,
		);
	}
	return output;
}

/** Runs a command in the person's own terminal. @returns its exit code */
export async function shown(command, args, { cwd, env } = {}) {
	const { code, signal } = await ended(
		start(command, args, { cwd, env, stdio: 'inherit' }),
		command,
	);
	return signal === null ? code : 1;
}

/** Runs npm, the one that started this command if there is one. */
export async function npm(name, args, options) {
	const script = process.env.npm_execpath;
	return script?.endsWith('.js')
		? await logged(name, process.execPath, [script, ...args], options)
		: await logged(name, 'npm', args, options);
}
