import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isObject, textOf } from '../values';
import { line, searchMatching, shortTime } from './list';

/** Threads, searched by the server by subject where it can: subject, first participant, time of the last message. */
export async function searchThreads(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchMatching(
		this,
		{
			path: '/email/threads',
			query: filter ? { search: filter } : {},
			scope: 'email:read',
			newestFirstBy: 'last_message_at',
		},
		(thread) => {
			const people = Array.isArray(thread.participants) ? thread.participants.filter(isObject) : [];
			const first = people[0] ?? {};
			return line(
				textOf(thread.subject) ?? '(no subject)',
				textOf(first.name) ?? first.email,
				shortTime(thread.last_message_at),
			);
		},
		filter,
		paginationToken,
	);
}
