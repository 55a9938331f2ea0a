import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INode,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { checkCredential, CREDENTIAL } from '../credential';
import { redact, secretsOf } from '../redact';
import { isHostAllowed } from './allowedDomains';
import { testRequest } from './testRequest';
import { lacksScope, verdictOf } from './verdict';

/**
 * Asked in this order until one knows the key. API: the first three need no scope and cost no credit; the first two are
 * newer than the third (2026), and any of them may be gone. The last needs `email:read`, and has always been there.
 */
const ENDPOINTS = ['/_meta/tools', '/schemas/triggers', '/ai-instructions', '/email/capabilities'];
/** For all of them together. */
const TIMEOUT_MS = 15_000;

/** Errors about a credential name a node; here there is none. */
const NO_NODE: INode = {
	id: 'credential-test',
	name: 'TrustPager API',
	type: CREDENTIAL,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * The test of a credential, for n8n's `methods.credentialTest`: whether TrustPager knows the key, whatever its scopes and
 * credits. The key goes to the same addresses as from the node: https, this machine, and the domains that the credential
 * allows. Never throws; no text shows the key.
 */
export async function trustPagerApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const apiKey = String(data.apiKey ?? '').trim();
	const secrets = secretsOf(apiKey);
	const failed = (message: string): INodeCredentialTestResult => ({
		status: 'Error',
		message: redact(message, secrets),
	});
	try {
		const message = await problemOf(this, data, apiKey);
		if (message !== undefined) return failed(message);
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const isOurs = error instanceof NodeOperationError;
		return failed(isOurs ? `${error.message}. ${error.description ?? ''}` : String(error));
	}
}

/**
 * What is wrong with a credential; undefined when TrustPager knows its key.
 * @throws NodeOperationError that names the field that is empty or not acceptable
 */
async function problemOf(
	context: ICredentialTestFunctions,
	data: ICredentialDataDecryptedObject,
	apiKey: string,
): Promise<string | undefined> {
	const { baseUrl, allowedDomains, secrets } = checkCredential(NO_NODE, data);
	if (!isHostAllowed(baseUrl, allowedDomains)) {
		return `The credential's 'Allowed Domains' do not include the host of 'Base URL' (${new URL(baseUrl).hostname}). Add it, or allow all domains.`;
	}
	const endsAt = Date.now() + TIMEOUT_MS;
	let message = '';
	for (const path of ENDPOINTS) {
		const timeoutMs = Math.max(1, endsAt - Date.now());
		const result = await testRequest(context, { url: baseUrl + path, apiKey, timeoutMs, secrets });
		const verdict = verdictOf(result);
		if (verdict.state === 'accepted') return undefined;
		({ message } = verdict);
		if (verdict.state === 'refused') return message;
		if (path === ENDPOINTS[ENDPOINTS.length - 1] && lacksScope(result)) return undefined;
	}
	return message;
}
