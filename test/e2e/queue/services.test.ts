/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres, startRedis, type Service } from '../../../lab/queue/services';
import { isAlive } from '../support/alive';
import { N8nFixture } from '../support/n8nFixture';

type Said = Pick<Service, 'pid' | 'folder' | 'port'>;

/** What n8n's queue mode needs beside n8n; n8n's own processes have the same guard, see lab.test.ts. */
describe('the services of the queue', () => {
	const fixture = new N8nFixture();
	let logs = '';

	beforeAll(() => {
		logs = mkdtempSync(join(tmpdir(), 'trustpager-services-'));
	});

	afterAll(() => rmSync(logs, { recursive: true, force: true }));

	const untilGone = async (services: Said[]) =>
		await fixture.n8n.until('the services and their folders are gone', 60_000, async () =>
			services.some(({ pid, folder }) => isAlive(pid) || existsSync(folder)) ? undefined : true,
		);

	it('are gone with their folders when their process is killed with SIGKILL', async () => {
		const orphan = join(__dirname, 'orphan.ts');
		const parent = spawn(process.execPath, ['--import', 'tsx', orphan, logs], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const said = await new Promise<Said[]>((resolve, reject) => {
			parent.stdout.once('data', (line: Buffer) => resolve(JSON.parse(String(line)) as Said[]));
			parent.once('exit', () => reject(new Error('It ended before the services were up')));
		});
		expect(said.map(({ pid, folder }) => isAlive(pid) && existsSync(folder))).toEqual([true, true]);
		parent.kill('SIGKILL');
		await untilGone(said);
	});

	it('end when they are told to', async () => {
		const services = [
			await startPostgres(join(logs, 'postgres.log')),
			await startRedis(join(logs, 'redis.log')),
		];
		for (const service of services) await service.stop();
		await untilGone(services);
	});
});
