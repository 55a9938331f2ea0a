/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres, startRedis } from '../../../lab/queue/services';

/** Starts the services, prints their process IDs, folders and ports, and waits to be killed. */
async function main(): Promise<void> {
	const log = join(process.argv[2] ?? tmpdir(), 'services.log');
	const services = [await startPostgres(log), await startRedis(log)];
	const facts = services.map(({ pid, folder, port }) => ({ pid, folder, port }));
	process.stdout.write(`${JSON.stringify(facts)}\n`);
	setInterval(() => {}, 1000);
}

void main();
