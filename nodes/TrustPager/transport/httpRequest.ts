import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, isSafeId } from '../values';
import { withAttachmentMemory } from './attachmentMemory';
import { CREDENTIAL } from './credential';
import { warnOfCredits } from './credits';
import { readNetworkFailure } from './networkFailure';
import { clean } from './redact';
import type { ApiRequest, Attempt, Connection, Exchange } from './types';

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * One HTTP request, ready to be sent by the function that is returned, once per try. The only file that calls n8n's
 * request helper of a node, which adds the API key and works with n8n's proxy, certificates and domain rules.
 * @throws NodeOperationError for an ID that does not fit into the path; the function rejects with CancelledWait only
 */
export function httpRequest(
	connection: Connection,
	request: ApiRequest,
	signal?: AbortSignal,
): (attempt: Attempt) => Promise<Exchange> {
	const options = optionsOf(connection, request);
	const { files, onSend } = request;
	const send = async (attempt: Attempt, more: Partial<IHttpRequestOptions> = {}) => {
		onSend?.();
		return await sendOnce(connection, { ...options, ...more }, { ...attempt, sentAt: Date.now() });
	};
	if (!files) return send;
	return async (attempt) =>
		await withAttachmentMemory(files.bytes, signal, async () => {
			const body = await files.join(request.body ?? {});
			const headers = { ...options.headers, 'Content-Type': 'application/json' };
			return await send(attempt, { body, headers });
		});
}

async function sendOnce(
	{ context, credential, usage }: Connection,
	options: IHttpRequestOptions,
	attempt: Attempt,
): Promise<Exchange> {
	// Decrypted once per item; n8n would do it again for each request. And if somebody changes the credential during a run,
	// the key that is sent remains the one whose rate limit is kept and which is masked in what is shown.
	const { decrypted: data } = credential;
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL, data };
	let response: unknown;
	try {
		response = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
			{ credentialsDecrypted },
		);
	} catch (error) {
		return { failure: { ...readNetworkFailure(error), ...attempt } };
	}
	const full = isObject(response) ? response : {};
	const body = clean(full.body, credential.secrets);
	const creditsLeft = warnOfCredits(context, credential.workspaceKey, body);
	if (usage && creditsLeft !== undefined) usage.creditsLeft = creditsLeft;
	const headers = isObject(full.headers) ? full.headers : {};
	return { answer: { status: Number(full.statusCode ?? 0), headers, body, ...attempt } };
}

function optionsOf(connection: Connection, request: ApiRequest): IHttpRequestOptions {
	const { credential, httpOptions } = connection;
	return {
		...httpOptions,
		...(credential.allowedDomains && { allowedDomains: credential.allowedDomains }),
		timeout: request.timeoutMs ?? httpOptions.timeout ?? DEFAULT_TIMEOUT_MS,
		method: request.method,
		baseURL: undefined,
		url: credential.baseUrl + pathOf(connection, request),
		qs: request.query,
		body: request.body,
		headers: { Accept: 'application/json', ...request.headers },
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would take the key, or an email, to a host that nobody chose.
		disableFollowRedirect: true,
	};
}

function pathOf({ context }: Connection, { path, pathParameters }: ApiRequest): string {
	return path.replace(/\{(\w+)\}/g, (_placeholder, name: string) => {
		const id = String(pathParameters?.[name] ?? '').trim();
		if (isSafeId(id)) return encodeURIComponent(id);
		throw new NodeOperationError(context.getNode(), `'${name}' is not a valid ID`, {
			description: 'Use the ID that TrustPager shows, for example from a Get Many operation.',
			itemIndex: 'getItemIndex' in context ? context.getItemIndex() : undefined,
		});
	});
}
