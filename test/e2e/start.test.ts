/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { freePort } from '../../lab/boot/environment';
import { readExamples } from '../../lab/demo/examples';
// Not through the index: its server needs packages that Jest cannot load on Node 20.
import { connectControl } from '../../sandbox/control/controlHttp';
import { N8nFixture } from './support/n8nFixture';

/** Starts what npm start runs after its setup. */
function start(
	args: string[],
	env: Record<string, string>,
): { child: ChildProcess; text(): string } {
	let text = '';
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(__dirname, '..', '..', 'lab', 'start.ts'), ...args],
		{ stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
	);
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			text += String(chunk);
		});
	}
	return { child, text: () => text };
}

async function exitCode(child: ChildProcess): Promise<number | null> {
	return await new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

/** Boots a second n8n, on machines that may be busy. */
jest.setTimeout(300_000);

describe('npm start', () => {
	const fixture = new N8nFixture();

	beforeEach(async () => await fixture.sandbox.reset({ seed: 'demo', rateLimit: null }));

	it('with a key of your own only reads, and ends on Ctrl-C', async () => {
		const { apiUrl, keys } = fixture.facts.sandbox;
		const { child, text } = start([], {
			TRUSTPAGER_API_KEY: keys.full,
			TRUSTPAGER_BASE_URL: apiUrl,
		});
		const ended = exitCode(child);
		await fixture.n8n.until('npm start is ready', 200_000, async () =>
			/n8n is ready/.test(text()) || child.exitCode !== null ? true : undefined,
		);
		expect(text()).toContain('n8n is ready');
		expect(text()).not.toContain(keys.full);
		const [, url] = /n8n +(http:\S+)/.exec(text()) ?? [];
		expect((await fetch(`${url}/rest/settings`)).status).toBe(200);
		const requests = await fixture.sandbox.requests();
		expect(requests.length).toBeGreaterThan(0);
		expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);

		child.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(text()).toMatch(/Stopped\.\n$/);
		await expect(fetch(`${url}/rest/settings`)).rejects.toThrow();
	});

	it('in the sandbox, reaches every branch, leaves something to do in the inbox, and says when it has stopped', async () => {
		const port = await freePort();
		const { child, text } = start(['--port', String(port)], {});
		const ended = exitCode(child);
		await fixture.n8n.until('npm start is ready', 200_000, async () =>
			/Press Ctrl-C/.test(text()) || child.exitCode !== null ? true : undefined,
		);
		const { nodes } = readExamples({ id: '', name: '', type: '' }).find(
			({ file }) => file === 'thread-triage',
		)?.workflow ?? { nodes: [] };
		expect(nodes.length).toBeGreaterThan(5);
		const ran = nodes.filter(({ type }) => !/stickyNote|scheduleTrigger/.test(type));
		for (const { name } of ran)
			expect(text()).toMatch(new RegExp(`^  ${name.replace('?', '\\?')} +[1-9]\\d* +ok$`, 'm'));
		expect(text()).toContain(`n8n        http://127.0.0.1:${port}\n`);
		const { readOnly, sendApproval } = fixture.facts.sandbox.keys;
		for (const key of [readOnly, sendApproval]) expect(text()).toContain(key);
		expect(text()).toMatch(/agent drafts[^\n]*, needs your OpenAI account\n\n/);

		const [, origin] = /inbox +(http:\S+?)\/ /.exec(text()) ?? [];
		const { threads } = await connectControl(origin).snapshot();
		const unread = threads.filter(({ is_read }) => !is_read);
		expect(unread.map(({ subject }) => subject)).toEqual(
			expect.arrayContaining(['A quote for 40 menus', 'Invoice 4471', 'Can we move Thursday?']),
		);
		expect(unread.length).toBeGreaterThan(5);

		child.kill('SIGINT');
		expect(await ended).toBe(0);
		expect(text()).toMatch(/Stopping n8n and the sandbox …\nStopped\.\n$/);
	});

	it('refuses a port that is in use before it starts anything', async () => {
		const { port } = new URL(fixture.facts.sandbox.origin);
		const { child, text } = start(['--port', port], {});
		expect(await exitCode(child)).toBe(1);
		expect(text()).toContain(`Port ${port} is in use. Choose another one, or leave out --port.`);
		expect(text()).not.toContain('Starting n8n');
	});

	it('--once fails when the run fails', async () => {
		const { child, text } = start(['--once'], {
			TRUSTPAGER_API_KEY: 'an unknown key',
			TRUSTPAGER_BASE_URL: fixture.facts.sandbox.apiUrl,
		});
		expect(await exitCode(child)).toBe(1);
		expect(text()).toContain('The execution ended with status error');
	});
});
