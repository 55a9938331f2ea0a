import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isScheduledEmail, scheduledStatus } from '../output/scheduledRow';
import { isObject, textOf } from '../values';
import { line, searchMatching, shortTime } from './list';

/** Pending scheduled emails: subject, recipient, time. The API has no search for them. */
export async function searchScheduledEmails(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchMatching(
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
		filter,
		paginationToken,
	);
}

/** For a server that does not know a filter; a row that does not say is shown. */
function isPendingEmail(row: IDataObject): boolean {
	return isScheduledEmail(row) && (scheduledStatus(row) ?? 'pending') === 'pending';
}
