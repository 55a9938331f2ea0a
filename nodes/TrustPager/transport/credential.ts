import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { secretsOf } from './redact';
import type { ApiContext, Credential } from './types';

export const CREDENTIAL = 'trustPagerApi';
export const DEFAULT_BASE_URL = 'https://api.trustpager.com/functions/v1/api/v1';
/** API: 60 requests per minute and key by default (docs 2026-04); adjustable per key. */
export const DEFAULT_REQUESTS_PER_MINUTE = 60;

/** Hosts that plain http may go to. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads and checks the credential of the current node.
 * @param known credentials that were read before and need no second check; the result is added
 * @throws NodeOperationError that names the field of the credential that is empty or not acceptable
 */
export async function readCredential(
	context: ApiContext,
	known = new Map<string, Credential>(),
): Promise<Credential> {
	const data = await context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	const entered = JSON.stringify(data);
	const credential = known.get(entered) ?? checkCredential(context.getNode(), data);
	known.set(entered, credential);
	return credential;
}

/**
 * A credential out of its fields.
 * @param node named by the error
 * @throws NodeOperationError that names the field of the credential that is empty or not acceptable
 */
export function checkCredential(
	node: INode,
	credential: ICredentialDataDecryptedObject,
): Credential {
	const apiKey = String(credential.apiKey ?? '').trim();
	if (apiKey === '') {
		throw new NodeOperationError(node, "The credential's 'API Key' is empty", {
			description: "Open the credential and paste the key from TrustPager's Settings › API Keys.",
			level: 'warning',
		});
	}
	const baseUrl = checkBaseUrl(node, String(credential.baseUrl ?? '').trim() || DEFAULT_BASE_URL);
	const perMinute = Number(credential.requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE);
	return {
		baseUrl,
		workspaceKey: createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('hex').slice(0, 16),
		scopes: Array.isArray(credential.scopes) ? credential.scopes.map(String) : [],
		requestsPerMinute:
			Number.isFinite(perMinute) && perMinute >= 1
				? Math.floor(perMinute)
				: DEFAULT_REQUESTS_PER_MINUTE,
		allowedRecipients: String(credential.allowedRecipients ?? ''),
		allowedDomains: allowedDomains(credential),
		secrets: secretsOf(apiKey),
		decrypted: credential,
	};
}

/**
 * The list under 'Allowed HTTP Request Domains', two fields that n8n adds to credentials. As n8n does it for declarative
 * nodes: TrustPager's own host is always allowed, and 'None' is about other nodes.
 */
function allowedDomains(credential: Record<string, unknown>): string | undefined {
	if (credential.allowedHttpRequestDomains !== 'domains') return undefined;
	const listed = String(credential.allowedDomains ?? '').trim();
	return [new URL(DEFAULT_BASE_URL).hostname, listed].filter((part) => part !== '').join(', ');
}

/** `https` everywhere, `http` on this machine only: over plain http anybody on the network path can read the key. */
function checkBaseUrl(node: INode, text: string): string {
	const refuse = (reason: string) =>
		new NodeOperationError(node, `The credential's 'Base URL' ${reason}`, {
			description: `Use an address such as ${DEFAULT_BASE_URL}.`,
			level: 'warning',
		});

	const url = parseUrl(text);
	if (!url) throw refuse('is not a web address');
	const plainButLocal = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
	if (url.protocol !== 'https:' && !plainButLocal) {
		throw refuse('must start with https:// (http:// is accepted for this machine only)');
	}
	if (url.username || url.password) throw refuse('may not contain a user name or password');
	if (url.search || url.hash || /[?#]/.test(text)) {
		throw refuse("may not contain '?' or '#'");
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The parts of a web address; undefined for anything else. */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
