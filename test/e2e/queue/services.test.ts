/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres, startRedis, type Service } from '../../../lab/queue/services';
import { isAlive } from '../support/alive';
import { N8nFixture } from '../support/n8nFixture';

type Facts = Pick<Service, 'pid' | 'folder' | 'port'>;

/** The services that n8n's queue mode needs. n8n's own processes are guarded in the same way, see lab.test.ts. */
describe('the services of the queue', () => {
	const fixture = new N8nFixture();
	let logs = '';

	beforeAll(() => {
		logs = mkdtempSync(join(tmpdir(), 'trustpager-services-'));
	});

	afterAll(() => rmSync(logs, { recursive: true, force: true }));

	const untilGone = async (services: Facts[]) =>
		await fixture.n8n.until('the services and their folders are gone', 60_000, async () =>
			services.some(({ pid, folder }) => isAlive(pid) || existsSync(folder)) ? undefined : true,
		);

	it('end and remove their folders when their parent process is killed with SIGKILL', async () => {
		const orphan = join(__dirname, 'orphan.ts');
		const parent = spawn(process.execPath, ['--import', 'tsx', orphan, logs], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const facts = await new Promise<Facts[]>((resolve, reject) => {
			parent.stdout.once('data', (line: Buffer) => resolve(JSON.parse(String(line)) as Facts[]));
			parent.once('exit', () =>
				reject(new Error('The process ended before the services had started')),
			);
		});
		expect(facts.map(({ pid, folder }) => isAlive(pid) && existsSync(folder))).toEqual([
			true,
			true,
		]);
		parent.kill('SIGKILL');
		await untilGone(facts);
	});

	it('end and remove their folders when they are stopped', async () => {
		const services = [
			await startPostgres(join(logs, 'postgres.log')),
			await startRedis(join(logs, 'redis.log')),
		];
		for (const service of services) await service.stop();
		await untilGone(services);
	});
});
