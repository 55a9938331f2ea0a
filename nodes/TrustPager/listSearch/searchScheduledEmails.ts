import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isObject, textOf } from '../values';
import { line, matching, searchList, shortTime } from './list';

/** Pending scheduled emails: subject, recipient, time. The API has no search for them. */
export async function searchScheduledEmails(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = await searchList(
		this,
		{
			path: '/scheduled-communications',
			query: { channel: 'email', status: 'pending' },
			scope: 'dispatcher:read',
			keep: isPendingEmail,
		},
		(row) => {
			const { subject, to_email: recipient } = isObject(row.payload) ? row.payload : {};
			return line(textOf(subject) ?? '(no subject)', recipient, shortTime(row.scheduled_for));
		},
		paginationToken,
	);
	return { ...page, results: matching(page.results, filter) };
}

/** For a server that does not know a filter; a row that does not say is shown. */
function isPendingEmail({ channel, status }: IDataObject): boolean {
	return (textOf(channel) ?? 'email') === 'email' && (textOf(status) ?? 'pending') === 'pending';
}
