import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isObject } from '../values';
import { line, searchMatching, shortTime } from './list';

/** Pending approvals: subject, recipient, the requested action, the time of the request. */
export async function searchApprovals(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchMatching(
		this,
		{ path: '/approvals', needs: 'approvals:read', query: { status: 'pending' } },
		(approval) => {
			const body = isObject(approval.request_body) ? approval.request_body : {};
			return line(
				body.subject,
				body.to_email,
				`${String(approval.resource ?? 'request')}: ${String(approval.action ?? '')}`,
				shortTime(approval.created_at),
			);
		},
		filter,
		paginationToken,
	);
}
