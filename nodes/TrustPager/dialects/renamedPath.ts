import { NodeApiError } from 'n8n-workflow';

import type { TrustPagerClient } from '../transport/client';
import { openStore } from '../transport/processMemory';
import type { ApiAnswer, ApiRequest } from '../transport/types';

/** Which path a server answered last, where an endpoint has two. */
const knownPaths = openStore<string>('knownPaths');

/**
 * A request to an endpoint with an old and a new path: the one that the server is known to have, else the old one, and
 * after a 404 the other, once. API: /deals and /customers became /opportunities and /companies on 2026-05-13, and the old
 * paths are "served indefinitely"; a server may have either.
 * @throws NodeApiError, the 404 of the first path when the server has neither
 */
export async function callRenamed(
	client: TrustPagerClient,
	request: ApiRequest,
	newPath: string,
): Promise<ApiAnswer> {
	const storeKey = `${client.workspaceKey} ${request.path}`;
	const first = knownPaths.get(storeKey) ?? request.path;
	const other = first === newPath ? request.path : newPath;
	return await client.call({ ...request, path: first }).catch(async (missing: unknown) => {
		if (!isNotFound(missing)) return await Promise.reject(missing);
		const answer = await client
			.call({ ...request, path: other })
			.catch((error: unknown) => Promise.reject(isNotFound(error) ? missing : error));
		knownPaths.set(storeKey, other);
		return answer;
	});
}

function isNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && error.httpCode === '404';
}
