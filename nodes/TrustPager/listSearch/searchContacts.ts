import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { textOf } from '../values';
import { line, searchList } from './list';

/** Contacts, searched by the server: name, email address, public ID. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchList(
		this,
		{ path: '/contacts', needs: 'contacts:read', query: filter ? { search: filter } : {} },
		(contact) =>
			line(
				[textOf(contact.first_name), textOf(contact.last_name)].filter(Boolean).join(' '),
				contact.email,
				contact.public_id,
			),
		paginationToken,
	);
}
