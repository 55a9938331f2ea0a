/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { dialectIn, startSandbox, type Sandbox } from '../../sandbox';
import { REAL_API } from './examples';

/** What npm start's credential connects to. */
export interface Account {
	/** Fields of the credential. */
	credential: Record<string, unknown>;
	/** Undefined for a real account, on which nothing may be sent without being asked for. */
	sandbox: Sandbox | undefined;
}

const SCOPES = [
	'email:read',
	'email:send',
	'email:write',
	'dispatcher:read',
	'dispatcher:write',
	'email-config:write',
	'approvals:read',
	'approvals:write',
];

/**
 * The real API if TRUSTPAGER_API_KEY is set (on TRUSTPAGER_BASE_URL if that is set too), else a sandbox with demo data,
 * started here on this port, in the dialect that `--dialect` names. The scopes of a real API key are unknown, so the credential lists none.
 */
export async function openAccount(port: number): Promise<Account> {
	const apiKey = process.env.TRUSTPAGER_API_KEY?.trim();
	if (apiKey !== undefined && apiKey !== '') {
		const baseUrl = process.env.TRUSTPAGER_BASE_URL ?? REAL_API;
		return {
			credential: { apiKey, scopes: [], baseUrl, requestsPerMinute: 60 },
			sandbox: undefined,
		};
	}
	const sandbox = await startSandbox({ seed: 'demo', dialect: dialectIn(process.argv), port });
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
