import { NodeOperationError } from 'n8n-workflow';

import type { ApiContext, ApiRequest } from './types';

/**
 * Whether an id can be one segment of a URL without changing which endpoint is called.
 * Encoding alone is not enough: `..` stays `..`, and an empty id turns "get one" into "get many".
 */
export function isSafeId(id: string): boolean {
	return id !== '' && id !== '.' && id !== '..' && !/[/\\\p{Cc}]/u.test(id);
}

/** The request's path with its placeholders filled by encoded ids. @throws NodeOperationError for an unsafe id */
export function fillPath(context: ApiContext, request: ApiRequest): string {
	return request.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
		const id = String(request.pathParameters?.[name] ?? '').trim();
		if (!isSafeId(id)) {
			const itemIndex = 'getItemIndex' in context ? context.getItemIndex() : undefined;
			throw new NodeOperationError(context.getNode(), `'${name}' is not a valid ID`, {
				description: 'Use the ID that TrustPager shows, for example from a Get Many operation.',
				itemIndex,
			});
		}
		return encodeURIComponent(id);
	});
}
