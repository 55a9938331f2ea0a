import type { IDataObject } from 'n8n-workflow';

import { contactKey } from '../parameters/contactByEmail';
import type { WantedContact } from '../parameters/entered';
import { isSuccess } from '../transport/answer';
import type { TrustPagerClient } from '../transport/client';
import { cursorQuery, readPage } from '../transport/paging';
import type { Exchange } from '../transport/types';
import { textOf } from '../values';
import type { NodeRun } from './nodeRun';

/** A server that ignores `search` lists all contacts; those of ten pages are enough to look through. */
const MAX_PAGES = 10;
const PAGE_SIZE = 100;
const ADVICE = 'Nothing was done. Choose the contact from the list, or use its ID.';

/** What a search gave: IDs of the contacts with exactly this address, or the result that ended it. */
type Found = { ids: string[]; isWhole: boolean } | { failed: Exchange };

/**
 * The ID of the one contact with an email address, not case-sensitive. Read once per address and run.
 * @throws NodeOperationError when none or several have it; NodeApiError when the contacts cannot be read
 */
export async function findContact(
	client: TrustPagerClient,
	run: NodeRun,
	{ email, refuse }: WantedContact,
): Promise<string> {
	const key = `${client.workspaceKey} contact ${contactKey(email)}`;
	const found = await run.once(key, async () => await search(client, email));
	if ('failed' in found) throw client.errorOf(found.failed);
	const [id, ...others] = found.ids;
	if (others.length > 0)
		throw refuse(`is not clear: ${found.ids.length} contacts have ${email}`, ADVICE);
	if (!found.isWhole) {
		throw refuse(`cannot be looked up: there are too many contacts to find ${email} among`, ADVICE);
	}
	if (id === undefined) throw refuse(`does not exist: no contact has ${email}`, ADVICE);
	return id;
}

/** API: GET /contacts with `search`, which finds parts of names and addresses (2026-05). */
async function search(client: TrustPagerClient, email: string): Promise<Found> {
	const ids = new Set<string>();
	let cursor: string | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const query = { search: email, limit: PAGE_SIZE, ...cursorQuery(cursor) };
		const result = await client.exchange({ method: 'GET', path: '/contacts', query });
		if (!result.answer || !isSuccess(result.answer)) return { failed: result };
		const { items, nextCursor, cutOff, isList } = readPage(result.answer.body);
		for (const row of items) if (has(row, email)) ids.add(textOf(row.id) ?? '');
		const isEnd = nextCursor === undefined || nextCursor === cursor;
		if (isEnd) {
			const isWhole = isList && !cutOff && nextCursor === undefined && !ids.has('');
			return { ids: [...ids], isWhole };
		}
		cursor = nextCursor;
	}
	return { ids: [...ids], isWhole: false };
}

function has(row: IDataObject, email: string): boolean {
	const found = textOf(row.email);
	return found !== undefined && contactKey(found) === contactKey(email);
}
