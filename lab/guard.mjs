/**
 * Runs n8n for the lab and outlives whoever started it just long enough to clean up.
 *
 * usage (spawned with an IPC channel): node guard.mjs <json: { command, args, env, cwd, removeFolder?, stopSignal? }>
 * says { pid }, then { exit: { code, signal } }; ends n8n when told { stop: true } or when the channel
 * closes, which the kernel does even when the parent is killed with SIGKILL.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PATIENCE_MS = 15_000;
const spec = JSON.parse(process.argv[2]);
const isWindows = process.platform === 'win32';

const n8n = spawn(spec.command, spec.args, {
	cwd: spec.cwd,
	env: spec.env,
	detached: !isWindows,
	stdio: ['ignore', 'inherit', 'inherit'],
});

let stopping = false;
let parentGone = false;

/** A group of its own: n8n's task runner must not survive it. */
function signal(name) {
	try {
		if (isWindows) n8n.kill(name);
		else process.kill(-n8n.pid, name);
	} catch {
		// Nothing of the group is left.
	}
}

function tell(message) {
	if (process.connected) process.send(message, () => {});
}

function stop() {
	if (stopping) return;
	stopping = true;
	// Only n8n itself: it asks its runner to end, a runner that is gone first makes it start another.
	n8n.kill(spec.stopSignal ?? 'SIGTERM');
	setTimeout(() => signal('SIGKILL'), PATIENCE_MS).unref();
}

function finish() {
	signal('SIGKILL');
	if (parentGone && spec.removeFolder) {
		rmSync(spec.removeFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
	process.exit(0);
}

n8n.on('spawn', () => tell({ pid: n8n.pid }));
n8n.on('error', (error) => {
	tell({ exit: { code: null, signal: null, error: error.message } });
	setTimeout(finish, 50);
});
n8n.on('exit', (code, signalName) => {
	signal('SIGKILL');
	tell({ exit: { code, signal: signalName } });
	setTimeout(finish, 50);
});
process.on('message', (message) => {
	if (message?.stop) stop();
});
process.on('disconnect', () => {
	parentGone = true;
	stop();
});
// A Ctrl-C reaches the parent, which decides; the guard only follows it.
process.on('SIGINT', () => {});
process.on('SIGTERM', stop);
