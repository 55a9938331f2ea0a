import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { textOf } from '../../shared/values';
import type { Session } from '../executor';
import { cursorQuery, readPage } from '../paging';
import { allows } from '../scopes';
import { claim, deliveredSince, isClaimed } from './memory';

/** What a mail can be recognised by in the send log. */
export interface Trace {
	recipient: string;
	/** Not known for replies: the server makes it. */
	subject?: string;
	threadId?: string;
	contactId?: string;
	dealId?: string;
	/** Tells mails apart that look alike in the log. */
	signature: string;
}

export type LogSearch = { found: IDataObject } | { found?: undefined; searched: boolean };

const MOST_PAGES = 3;
/** The log row may be written after the connection broke. Tests shorten the naps. */
export const looking = { napsMs: [0, 2_000, 6_000] };
/** Clocks of two machines that both ask the same time servers; only used when the server tells no time. */
const SLACK_WITHOUT_DATE_MS = 60_000;
const SLACK_MS = 2_000;

/**
 * Looks in the send log for a mail whose answer was lost. Order of the log is not documented (2026-05), so up to three
 * pages are searched whole. A row counts when recipient, subject or thread fit, when it was written since the request
 * began (by the server's clock), and when it cannot be the row of another mail this process has sent.
 * Never throws: a log that cannot be read gives `searched: false`.
 * @param since when the request began, ms on this machine's clock
 */
export async function findInLog(session: Session, trace: Trace, since: number): Promise<LogSearch> {
	if (!allows(session.connection.scopes, 'email:read')) return { searched: false };
	let searched = false;
	for (const nap of looking.napsMs) {
		if (session.run.signal.aborted) break;
		await sleep(nap);
		try {
			const row = await searchOnce(session, trace, since);
			searched = true;
			if (row) return { found: row };
		} catch {
			searched = false;
		}
	}
	return { searched };
}

async function searchOnce(
	session: Session,
	trace: Trace,
	since: number,
): Promise<IDataObject | undefined> {
	const query: IDataObject = { limit: 100 };
	if (trace.contactId) query.contact_id = trace.contactId;
	if (trace.dealId) query.deal_id = trace.dealId;
	const candidates = new Map<string, IDataObject>();
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const answer = await session.call({
			method: 'GET',
			path: '/email/logs',
			query: { ...query, ...cursorQuery(cursor) },
		});
		const from = since + clockGap(answer.headers);
		const { items, nextCursor } = readPage(answer.body);
		for (const row of items) {
			const id = textOf(row.id);
			if (id && !isClaimed(id) && fits(row, trace, from)) candidates.set(id, row);
		}
		if (nextCursor === undefined || nextCursor === cursor) break;
		cursor = nextCursor;
	}
	// Rows of mails that are known to have left look the same; only one more than those can be this mail.
	// Their time is taken generously: rather an outcome left unknown than another mail's row taken for this one.
	const known = deliveredSince(trace.signature, since - SLACK_WITHOUT_DATE_MS - SLACK_MS);
	if (candidates.size <= known) return undefined;
	const [id, row] = [...candidates].sort(byTime)[0];
	return claim(id) ? row : undefined;
}

function fits(row: IDataObject, trace: Trace, from: number): boolean {
	const written = Date.parse(String(row.created_at));
	if (Number.isNaN(written) || written < from) return false;
	if (textOf(row.recipient_email)?.toLowerCase() !== trace.recipient.toLowerCase()) return false;
	if (trace.subject !== undefined && textOf(row.subject) !== trace.subject) return false;
	const thread = textOf(row.thread_id);
	return trace.threadId === undefined || thread === undefined || thread === trace.threadId;
}

/** What to add to this machine's time to get the server's, less some slack (log times may be whole seconds). */
function clockGap(headers: IDataObject): number {
	const theirs = Date.parse(String(headers.date));
	return Number.isNaN(theirs) ? -SLACK_WITHOUT_DATE_MS : theirs - Date.now() - SLACK_MS;
}

function byTime(one: [string, IDataObject], other: [string, IDataObject]): number {
	return Date.parse(String(other[1].created_at)) - Date.parse(String(one[1].created_at));
}
