/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { bootN8n } from '../../../lab/n8n';

/** Boots n8n, prints its pid and folder, and waits to be killed. */
async function main(): Promise<void> {
	const n8n = await bootN8n();
	process.stdout.write(`${JSON.stringify({ pid: n8n.pid, userFolder: n8n.userFolder })}\n`);
	setInterval(() => {}, 1000);
}

void main();
