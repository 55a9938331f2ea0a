import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readCapabilities } from './capabilities';
import { entriesOf, line, matching, orFriendlyLine } from './list';

/** Users with a connected Gmail account: name and address. */
export async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await orFriendlyLine(async () => {
		const { gmailUsers } = await readCapabilities(this);
		const users = gmailUsers.map((user) => ({ ...user, id: user.user_id }));
		const entries = entriesOf(users, (user) =>
			line(user.display_name, user.email ?? user.gmail_address),
		);
		return { results: matching(entries, filter) };
	});
}
