/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { dialectIn, dialects, startSandbox } from './index';

const HELP = `Runs the TrustPager sandbox, a mock server on this machine.
  --port N           listen on this port (default: a free one)
  --dialect NAME     speak this generation of the API's documents: ${dialects.join(', ')} (default: 2026-05)
  --json             print one line of JSON instead of text
  --die-with-parent  exit when the parent process exits`;

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		print(HELP);
		return;
	}
	const port = args.includes('--port') ? Number(args[args.indexOf('--port') + 1]) : 0;
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error('--port needs a number from 0 to 65535');
	}
	const dialect = dialectIn(args) ?? '2026-05';
	const { origin, apiUrl, keys, close } = await startSandbox({ port, seed: 'demo', dialect });

	let ending = false;
	const end = () => {
		if (ending) return;
		ending = true;
		void close().then(() => process.exit(0));
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	if (args.includes('--die-with-parent')) {
		process.once('disconnect', end);
		if (process.channel === undefined || process.channel === null) {
			process.stdin.once('end', end).once('close', end).resume();
		}
	}

	if (args.includes('--json')) {
		print(JSON.stringify({ origin, apiUrl, keys }));
		return;
	}
	print(`TrustPager sandbox

  Inbox page      ${origin}/
  API base URL    ${apiUrl}
  Dialect         ${dialect}

  API keys
    ${keys.full}
        full: everything the package does
    ${keys.readOnly}
        readOnly: reads, no writes
    ${keys.sendApproval}
        sendApproval: reads mail; its sends are queued (approve them on the inbox page)
    ${keys.noScopes}
        noScopes: accepted, but granted nothing

  Nothing is sent from this machine. Press Ctrl-C to stop.`);
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
