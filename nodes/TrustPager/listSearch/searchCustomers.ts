import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { line, searchList } from './list';

/** Customers, searched by the server. API: renamed to /companies in 2026-05; servers have one path or both. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(
		this,
		{
			path: '/customers',
			newPath: '/companies',
			needs: 'customers:read or companies:read',
			query: filter ? { search: filter } : {},
		},
		(customer) => line(customer.name, customer.email, customer.public_id),
		paginationToken,
	);
}
