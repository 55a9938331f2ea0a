/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { print } from '../demo/print';
import { runContract } from './command';

/** npm run contract: see `--help`. */
runContract(process.argv.slice(2), { environment: process.env, print })
	.then((code) => {
		process.exitCode = code;
	})
	.catch((error: unknown) => {
		// Only the kind: a message could carry what a server said.
		print(
			`The command failed: ${error instanceof Error ? error.name : 'unknown'}. Please report it.`,
		);
		process.exitCode = 2;
	});
