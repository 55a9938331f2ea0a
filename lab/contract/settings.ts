/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { resolve } from 'node:path';

import { DEFAULT_BASE_URL, readCredential } from '../../nodes/TrustPager/transport/credential';
import type { ApiContext } from '../../nodes/TrustPager/transport/types';
import type { Server } from './client';

export const HELP = `Asks the TrustPager server of your API key what it speaks, and says whether this node copes with it.

  npm run contract [-- --out FILE]

  TRUSTPAGER_API_KEY   the key; required
  TRUSTPAGER_BASE_URL  another address than ${DEFAULT_BASE_URL}
  --out FILE           where the result is written (default: trustpager-contract.md in this folder)

It sends about 30 GET requests, one per second, prints their paths first, and changes nothing. Reading is free of credits by
the documents of 2026-05, and cost one credit per request by those of 2026-04. Neither the terminal nor the file shows a subject, an address, an ID, a name of a record or the key: only names and
types of fields.

Exit codes: 0 the node copes; 1 it does not, and the output says with what; 2 there is no usable key, address or file, or
the server could not be asked.`;

/** What a person can put right: printed without a stack. Exit code 2. */
export class UsageError extends Error {}

export interface Settings extends Server {
	isHelp: boolean;
	/** Absolute. */
	file: string;
}

export type Environment = Record<string, string | undefined>;

/**
 * Reads the command line and the environment; the address is checked by the node's own rule.
 * @throws UsageError that names what is missing or not acceptable, without its value
 */
export async function readSettings(args: string[], environment: Environment): Promise<Settings> {
	const folder = environment.INIT_CWD ?? process.cwd();
	const settings = { isHelp: false, file: resolve(folder, 'trustpager-contract.md') };
	for (let index = 0; index < args.length; index++) {
		const value = args[index + 1];
		if (args[index] === '--help') settings.isHelp = true;
		else if (args[index] === '--out' && value) settings.file = resolve(folder, args[++index]);
		else throw new UsageError(`Only --out FILE and --help are known.\n\n${HELP}`);
	}
	const apiKey = environment.TRUSTPAGER_API_KEY?.trim() ?? '';
	const nobody = { credential: { secrets: [] as string[] } as never, apiKey: '' };
	if (settings.isHelp) return { ...settings, ...nobody };
	if (apiKey === '') {
		throw new UsageError(
			'TRUSTPAGER_API_KEY is not set, so nothing was asked. Create a key at\n' +
				'https://app.trustpager.com/settings/api, then:\n\n' +
				'  TRUSTPAGER_API_KEY=tp_live_… npm run contract',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		throw new UsageError('TRUSTPAGER_API_KEY holds characters that no key has.');
	}
	const data = { apiKey, baseUrl: environment.TRUSTPAGER_BASE_URL ?? DEFAULT_BASE_URL };
	return { ...settings, apiKey, credential: await credentialOf(data) };
}

async function credentialOf(data: Record<string, string>) {
	const node = { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} };
	const context = { getNode: () => node, getCredentials: async () => data };
	try {
		return await readCredential(context as unknown as ApiContext);
	} catch (error) {
		const text = error instanceof Error ? error.message : '';
		throw new UsageError(text.replace("The credential's 'Base URL'", 'TRUSTPAGER_BASE_URL'));
	}
}
