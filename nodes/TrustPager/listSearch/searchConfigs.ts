import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { line, searchMatching } from './list';

/** Email configurations: name and from address. The API has no search for them. */
export async function searchConfigs(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchMatching(
		this,
		{ path: '/email/configs', scope: 'email:read' },
		(config) =>
			line(
				config.config_name ?? config.from_name,
				config.from_email,
				config.is_default === true ? 'default' : '',
			),
		filter,
		paginationToken,
	);
}
