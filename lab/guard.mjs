/**
 * Runs a command and outlives whoever started it just long enough to clean up.
 *
 * usage (spawned with an IPC channel): node guard.mjs <json: { command, args, cwd, env?, shell?, removeFolder?, stopSignal? }>
 * Sends { pid }, then { exit: { code, signal, error? } }. Ends the command on { stop: true }, at once on { kill: true },
 * and when the channel closes, which the kernel does even when the parent is killed with SIGKILL. The command shares the
 * guard's standard input and output, and its environment unless it is given one.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const KILL_AFTER_MS = 15_000;
/** Time for the last message to reach the parent. */
const FLUSH_MS = 50;
const spec = JSON.parse(process.argv[2]);
const isWindows = process.platform === 'win32';

const child = spawn(spec.command, spec.args, {
	cwd: spec.cwd,
	env: spec.env ?? process.env,
	shell: spec.shell ?? false,
	detached: !isWindows,
	stdio: 'inherit',
});

let isStopping = false;
let isParentGone = false;

/** Signals the whole group: what the command has started must not survive it. */
function signalGroup(name) {
	try {
		if (isWindows) child.kill(name);
		else process.kill(-child.pid, name);
	} catch {
		// Nothing of the group is left.
	}
}

function send(message) {
	if (process.connected) process.send(message, () => {});
}

function stop() {
	if (isStopping) return;
	isStopping = true;
	// Not the group: n8n ends its task runner itself, and would replace one that is gone first.
	child.kill(spec.stopSignal ?? 'SIGTERM');
	setTimeout(() => signalGroup('SIGKILL'), KILL_AFTER_MS).unref();
}

function finish() {
	signalGroup('SIGKILL');
	if (isParentGone && spec.removeFolder) {
		rmSync(spec.removeFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
	process.exit(0);
}

child.on('spawn', () => send({ pid: child.pid }));
child.on('error', (error) => {
	send({ exit: { code: null, signal: null, error: error.message } });
	setTimeout(finish, FLUSH_MS);
});
child.on('exit', (code, signal) => {
	signalGroup('SIGKILL');
	send({ exit: { code, signal } });
	setTimeout(finish, FLUSH_MS);
});
process.on('message', (message) => {
	if (message?.stop) stop();
	if (message?.kill) signalGroup('SIGKILL');
});
process.on('disconnect', () => {
	isParentGone = true;
	stop();
});
// The parent decides what a Ctrl-C means; the guard only follows it.
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
