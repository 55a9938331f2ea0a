import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { pickFromCapabilities } from './capabilities';
import { entriesOf, line, matching } from './list';

/** Users with a connected Gmail account: name and address. */
export async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await pickFromCapabilities(this, ({ gmailUsers }) => {
		const users = gmailUsers.map((user) => ({ ...user, id: user.user_id }));
		const entries = entriesOf(users, (user) =>
			line(user.display_name, user.email ?? user.gmail_address),
		);
		return matching(entries, filter);
	});
}
