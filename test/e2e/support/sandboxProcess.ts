/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSandbox } from '../../../sandbox';

/** Runs the sandbox of an e2e run in a process of its own: sends its addresses, and ends with its parent. */
async function main(): Promise<void> {
	const { origin, apiUrl, keys } = await startSandbox({ seed: 'demo', rateLimit: null });
	process.on('disconnect', () => process.exit(0));
	process.send?.({ origin, apiUrl, keys });
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
