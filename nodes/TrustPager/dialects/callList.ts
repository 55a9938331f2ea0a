import type { TrustPagerClient } from '../transport/client';
import { isRefusedRequest } from '../transport/errors';
import { openStore } from '../transport/processMemory';
import type { ApiAnswer, ApiRequest } from '../transport/types';
import { callRenamed } from './renamedPath';

/** A page of a list, in whichever way the server offers it: sorted or not, under its old path or its new one. */
export interface ListRequest extends ApiRequest {
	/** For a list whose order is not documented: the field to sort by, newest first, where the server can. */
	newestFirstBy?: string;
	/** What the endpoint is called on newer servers, where that differs. */
	newPath?: string;
}

/** Lists that the server of a workspace refuses to sort. */
const unsortedLists = openStore<true>('unsortedLists');

/**
 * One page of a list, newest rows first where the server can sort. One that refuses is asked without, and that is
 * remembered for the process. API: `sort=<field>&order=asc|desc` is documented for lists in general (2026), not for
 * each of them.
 *
 * Only the first page can tell: a later one that is refused has a cursor that is no longer accepted.
 * @throws what `client.call` throws
 */
export async function callList(
	client: TrustPagerClient,
	{ newestFirstBy, newPath, ...request }: ListRequest,
): Promise<ApiAnswer> {
	if (newPath !== undefined) return await callRenamed(client, request, newPath);
	const key = `${client.workspaceKey} ${request.path}`;
	if (newestFirstBy === undefined || unsortedLists.get(key)) return await client.call(request);
	const query = { ...request.query, sort: newestFirstBy, order: 'desc' };
	return await client.call({ ...request, query }).catch(async (error: unknown) => {
		if (!isRefusedRequest(error) || isLaterPage(request)) return await Promise.reject(error);
		const answer = await client.call(request);
		unsortedLists.set(key, true);
		return answer;
	});
}

function isLaterPage({ query = {} }: ApiRequest): boolean {
	return query.after !== undefined || query.cursor !== undefined;
}
