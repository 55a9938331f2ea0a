import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { line, searchList } from './list';

/** Deals, searched by the server. API: renamed to /opportunities in 2026-05; servers have one path or both. */
export async function searchDeals(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(
		this,
		{
			path: '/deals',
			newPath: '/opportunities',
			needs: 'deals:read or opportunities:read',
			query: filter ? { search: filter } : {},
		},
		(deal) => line(deal.name, deal.status, deal.public_id),
		paginationToken,
	);
}
