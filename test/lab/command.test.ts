/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { isAlive } from '../e2e/support/alive';

const COMMAND = join(__dirname, '..', '..', 'lab', 'setup', 'command.mjs');

/** A command: prints its pid and the pid of its child, then a line for each SIGTERM, and does not end. */
const STUBBORN = `
	const { spawn } = require('node:child_process');
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
	process.on('SIGTERM', () => console.log('SIGTERM'));
	setInterval(() => {}, 1000);
	console.log(process.pid + ' ' + child.pid);`;

/** A program that runs the above as the lab does, and then another command. */
const PROGRAM = `
	const { interrupt, shown } = await import(process.argv[1]);
	process.on('SIGINT', interrupt);
	console.log('exit code ' + (await shown(process.execPath, ['-e', process.argv[2]])));
	await shown(process.execPath, ['-e', '']).catch(({ message }) => console.log(message));`;

const TIMEOUT_MS = 20_000;
let program: ChildProcess;
let lines: AsyncIterator<string>;
let pids: number[] = [];

async function nextLine(): Promise<string> {
	return String((await lines.next()).value);
}

async function readPids(): Promise<number[]> {
	pids = (await nextLine()).split(' ').map(Number);
	return pids;
}

async function untilEnded(pid: number): Promise<void> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (isAlive(pid) && Date.now() < deadline)
		await new Promise((resolve) => setTimeout(resolve, 20));
	expect(isAlive(pid)).toBe(false);
}

beforeEach(() => {
	const args = ['--input-type=module', '-e', PROGRAM, COMMAND, STUBBORN];
	program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	if (program.stdout === null) throw new Error('The program has no output');
	lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
});

afterEach(() => {
	program.kill('SIGKILL');
	for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
});

it('a command ends, with what it has started, when its program is killed with SIGKILL', async () => {
	const [command, child] = await readPids();
	expect(isAlive(command)).toBe(true);
	program.kill('SIGKILL');
	expect(await nextLine()).toBe('SIGTERM');
	process.kill(command, 'SIGKILL');
	await untilEnded(command);
	await untilEnded(child);
});

it('a first Ctrl-C asks a command to end, a second one kills it, and no other command starts', async () => {
	const [command, child] = await readPids();
	program.kill('SIGINT');
	expect(await nextLine()).toBe('SIGTERM');
	expect(isAlive(command)).toBe(true);
	program.kill('SIGINT');
	expect(await nextLine()).toBe('exit code 1');
	expect(await nextLine()).toBe('Interrupted.');
	await untilEnded(command);
	await untilEnded(child);
});
