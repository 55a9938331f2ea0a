import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { isObject } from '../../values';
import { readNetworkFailure } from '../networkFailure';
import { clean } from '../redact';
import type { Exchange } from '../types';

export interface TestRequest {
	url: string;
	apiKey: string;
	timeoutMs: number;
	/** Masked in whatever the server says. */
	secrets: readonly string[];
}

/**
 * One GET of a credential's test, for which n8n offers nothing but its old request helper: no authentication, no rules for
 * domains. Redirects are not followed: one would take the key to a host that nobody chose. Never throws, and never passes
 * on an error of n8n's, which holds the key among the request's headers.
 */
export async function testRequest(
	{ helpers }: Pick<ICredentialTestFunctions, 'helpers'>,
	{ url, apiKey, timeoutMs, secrets }: TestRequest,
): Promise<Exchange> {
	const attempt = { tries: 1, sentAt: Date.now(), afterAmbiguous: false };
	let response: unknown;
	try {
		response = await helpers.request({
			method: 'GET',
			uri: url,
			headers: { Accept: 'application/json', Authorization: `Bearer ${apiKey}` },
			json: true,
			timeout: timeoutMs,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
		});
	} catch (error) {
		return { failure: { ...readNetworkFailure(error), ...attempt } };
	}
	const full = isObject(response) ? response : {};
	const headers: IDataObject = isObject(full.headers) ? full.headers : {};
	const body = clean(full.body, secrets);
	return { answer: { status: Number(full.statusCode ?? 0), headers, body, ...attempt } };
}
