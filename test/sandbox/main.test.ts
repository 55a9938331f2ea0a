/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectControl } from '../../sandbox';

const ROOT = join(__dirname, '../..');

const running: ChildProcess[] = [];

function start(...args: string[]): ChildProcess {
	const options = { silent: true, execArgv: ['--import', 'tsx'], cwd: ROOT };
	const child = fork(join(ROOT, 'sandbox/main.ts'), args, options);
	running.push(child);
	return child;
}

async function firstOutput(child: ChildProcess): Promise<string> {
	const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
	return chunk.toString();
}

afterEach(() => {
	for (const child of running.splice(0)) child.kill('SIGKILL');
});

describe('the sandbox process', () => {
	it('prints its addresses and keys, and exits on SIGTERM', async () => {
		const child = start();
		const text = await firstOutput(child);
		expect(text).toMatch(/API base URL\s+http:\/\/127\.0\.0\.1:\d+\/functions\/v1\/api\/v1/);
		expect(text.match(/tp_live_\w+/g)).toHaveLength(4);
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		expect(await ended).toEqual([0, null]);
	});

	it('--json prints what another process needs to control it', async () => {
		const child = start('--json', '--die-with-parent');
		const { origin, keys } = JSON.parse(await firstOutput(child)) as {
			origin: string;
			keys: { full: string };
		};
		const control = connectControl(origin);
		expect((await control.snapshot()).threads.length).toBeGreaterThanOrEqual(25);
		const headers = { authorization: `Bearer ${keys.full}` };
		const answer = await fetch(`${origin}/functions/v1/api/v1/email/threads`, { headers });
		expect(answer.status).toBe(200);
		const ended = once(child, 'exit');
		child.disconnect();
		expect(await ended).toEqual([0, null]);
	});

	it('--dialect picks the dialect, and an unknown one is refused', async () => {
		const child = start('--json', '--dialect', 'stranger');
		const { origin } = JSON.parse(await firstOutput(child)) as { origin: string };
		expect((await connectControl(origin).settings()).directionCase).toBe('upper');
		const [code] = (await once(start('--dialect', 'french'), 'exit')) as [number];
		expect(code).toBe(1);
	});

	it('refuses an invalid port', async () => {
		const child = start('--port', 'often');
		const [code] = (await once(child, 'exit')) as [number];
		expect(code).toBe(1);
	});
});
