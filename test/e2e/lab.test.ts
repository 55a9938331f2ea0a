/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bootN8n } from '../../lab/n8n';
import { isAlive } from './support/alive';
import { N8nFixture, chain, manualStart } from './support/n8nFixture';

const folders = (): string[] =>
	readdirSync(tmpdir()).filter((name) => name.startsWith('trustpager-n8n-'));

/** Each test boots n8n, some twice, on machines that may be busy. */
jest.setTimeout(300_000);

describe('the lab', () => {
	const fixture = new N8nFixture();

	it('ends n8n and removes its folder when its process is killed with SIGKILL', async () => {
		const orphan = join(__dirname, 'support', 'orphan.ts');
		const parent = spawn(process.execPath, ['--import', 'tsx', orphan], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const said = await new Promise<{ pid: number; userFolder: string }>((resolve, reject) => {
			parent.stdout.once('data', (line: Buffer) => resolve(JSON.parse(String(line))));
			parent.once('exit', () => reject(new Error('It ended before n8n was ready')));
		});
		expect(isAlive(said.pid)).toBe(true);
		parent.kill('SIGKILL');
		await fixture.n8n.until('n8n and its folder no longer exist', 30_000, async () =>
			isAlive(said.pid) || existsSync(said.userFolder) ? undefined : true,
		);
	});

	it('keeps workflows across a SIGKILL and a new boot, and finally removes its folder', async () => {
		const first = await bootN8n();
		const workflow = await first.createWorkflow(chain('kept', manualStart()));
		await first.kill();
		expect(isAlive(first.pid)).toBe(false);
		const second = await first.restart();
		try {
			expect((await second.workflow(workflow.id)).name).toBe('kept');
		} finally {
			await second.stop();
		}
		expect(isAlive(second.pid)).toBe(false);
		expect(existsSync(second.userFolder)).toBe(false);
	});

	it("leaves no folder behind and shows n8n's log when n8n does not start", async () => {
		const before = folders();
		const boot = bootN8n({ env: { N8N_DISABLED_MODULES: 'no-such-module' } });
		await expect(boot).rejects.toThrow(/no-such-module/);
		expect(folders()).toEqual(before);
	});
});
