import { NodeOperationError } from 'n8n-workflow';

import type { Connection } from './credential';
import { openConnection } from './credential';
import type { ErrorPlace } from './errors';
import { lostError, refusedError, unknownError } from './errors';
import { exchange } from './exchange';
import { readFailure } from './apiFailure';
import type { Scope } from './scopes';
import { allows } from './scopes';
import type { ApiAnswer, ApiContext, ApiRequest } from './types';

/**
 * One request, from scope check to answer: for pickers, the trigger and every operation that has no outcome of its own.
 * @throws NodeApiError with the API's own words, `httpCode` (the status as text) and no secret
 * @throws NodeOperationError before anything leaves: scope, credential or id not usable
 */
export async function call(
	context: ApiContext,
	request: ApiRequest,
	connection?: Connection,
): Promise<ApiAnswer> {
	const open = connection ?? (await openConnection(context));
	if (request.scope) requireScope(context, open, request.scope);
	const result = await exchange(context, open, request);
	const place = placeOf(context, open);
	const once = !(request.repeatable ?? request.method === 'GET');
	if (result.lost) throw once ? unknownError(place, result.lost) : lostError(place, result.lost);
	const gone = request.goneIsDone && result.answer.status === 404 && result.answer.afterUnknown;
	if (!gone && !isSuccess(result.answer)) {
		throw refusedError(place, readFailure(result.answer), once);
	}
	return result.answer;
}

/** A 2xx whose body is JSON or empty. Text is a gateway's page: the API never answered. */
export function isSuccess(answer: Pick<ApiAnswer, 'status' | 'body'>): boolean {
	const unread = typeof answer.body === 'string' && answer.body.trim() !== '';
	return answer.status >= 200 && answer.status < 300 && !unread;
}

/** Where an error of this context belongs to. */
export function placeOf(context: ApiContext, connection: Connection): ErrorPlace {
	return {
		node: context.getNode(),
		secrets: connection.secrets,
		itemIndex: 'getItemIndex' in context ? context.getItemIndex() : undefined,
	};
}

/** @throws NodeOperationError when the credential's list of scopes clearly lacks `scope`; nothing is spent then */
export function requireScope(context: ApiContext, connection: Connection, scope: Scope): void {
	if (allows(connection.scopes, scope)) return;
	const { itemIndex } = placeOf(context, connection);
	const where = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	throw new NodeOperationError(context.getNode(), `The API key lacks the scope '${scope}'`, {
		description: `Add it to the key in TrustPager's Settings › API Keys, then choose it under 'Scopes' in the credential. If the key has it already, only the credential needs the change.${where}`,
		itemIndex,
		level: 'warning',
	});
}
