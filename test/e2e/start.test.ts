/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

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
		await expect(fetch(`${url}/rest/settings`)).rejects.toThrow();
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
