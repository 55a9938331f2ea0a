/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSandbox, type Sandbox } from '../../sandbox';

/** Where npm start's credential points. */
export interface Account {
	/** Fields of the credential. */
	credential: Record<string, unknown>;
	/** Undefined on a real account, where nothing may be sent unasked. */
	sandbox: Sandbox | undefined;
}

const SCOPES = [
	'email:read',
	'email:send',
	'email:write',
	'email-config:write',
	'approvals:read',
	'approvals:write',
];

/**
 * The real API when TRUSTPAGER_API_KEY is set (TRUSTPAGER_BASE_URL names another host than the default),
 * else a sandbox with demo data, started here. An API key's scopes are not known here, so none are claimed.
 */
export async function openAccount(): Promise<Account> {
	const apiKey = process.env.TRUSTPAGER_API_KEY?.trim();
	if (apiKey !== undefined && apiKey !== '') {
		const baseUrl =
			process.env.TRUSTPAGER_BASE_URL ?? 'https://api.trustpager.com/functions/v1/api/v1';
		return {
			credential: { apiKey, scopes: [], baseUrl, requestsPerMinute: 60 },
			sandbox: undefined,
		};
	}
	const sandbox = await startSandbox({ seed: 'demo' });
	return {
		credential: {
			apiKey: sandbox.keys.full,
			scopes: SCOPES,
			baseUrl: sandbox.apiUrl,
			requestsPerMinute: 60,
		},
		sandbox,
	};
}
