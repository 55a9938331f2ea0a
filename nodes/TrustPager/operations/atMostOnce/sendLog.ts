import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../values';
import type { Session } from '../../execution/preparedItem';
import { cursorQuery, readPage } from '../../transport/paging';
import { allows } from '../../transport/scopes';
import { timing } from '../../transport/timing';
import { pause } from '../../transport/abort';
import { claim, isClaimed, othersSince } from './lookalikes';

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

export type LogSearch =
	| { found: IDataObject }
	/** `part`: the log is longer than what was read of it. `not`: it could not be read. */
	| { found?: undefined; searched: 'whole' | 'part' | 'not' };

const MOST_PAGES = 3;
/** n8n's own default of five minutes is for the mail, not for looking after it. */
const LONGEST_TIMEOUT_MS = 30_000;
/** Clocks of two machines that both ask the same time servers; only used when the server tells no time. */
const SLACK_WITHOUT_DATE_MS = 60_000;
/** The server's `Date` and the log's times may be whole seconds. */
const SLACK_MS = 2_000;
/** A row may be written this long after the answer to its mail. */
const LATE_ROW_MS = 8_000;

/**
 * Looks in the send log for a mail whose answer was lost. Order of the log is not documented (2026-05), so up to three
 * pages are searched whole. A row counts when recipient, subject or thread fit, when it was written since the request
 * began (by the server's clock), and when it cannot be the row of another mail this process has sent.
 * Never throws: a log that cannot be read gives `searched: 'not'`. A failed run does not end it, a cancelled execution does.
 * @param since when the request left, ms on this machine's clock
 */
export async function findInLog(session: Session, trace: Trace, since: number): Promise<LogSearch> {
	if (!allows(session.connection.scopes, 'email:read')) return { searched: 'not' };
	const { cancelSignal } = session.run;
	let last: LogSearch = { searched: 'not' };
	try {
		for (const nap of timing.logSearchDelaysMs) {
			await pause(nap, cancelSignal);
			last = await searchOnce(session, trace, since);
			if (last.found) return last;
		}
	} catch {
		return cancelSignal?.aborted ? { searched: 'not' } : last;
	}
	return last;
}

async function searchOnce(session: Session, trace: Trace, since: number): Promise<LogSearch> {
	const filters: IDataObject = { limit: 100 };
	if (trace.contactId) filters.contact_id = trace.contactId;
	if (trace.dealId) filters.deal_id = trace.dealId;
	const candidates = new Map<string, IDataObject>();
	let cursor: string | undefined;
	let searched: 'whole' | 'part' = 'part';
	let newestFirst = true;
	let previous = Infinity;
	let slack = SLACK_MS;
	for (let page = 0; page < MOST_PAGES && searched === 'part'; page++) {
		const answer = await readLog(session, { ...filters, ...cursorQuery(cursor) });
		const gap = clockGap(answer.headers);
		slack = gap === undefined ? SLACK_WITHOUT_DATE_MS : SLACK_MS;
		const from = since + (gap ?? 0) - slack;
		const { items, nextCursor, cutOff, isList } = readPage(answer.body);
		if (!isList) throw new Error('The send log is not a list');
		for (const row of items) {
			const id = textOf(row.id);
			const written = timeOf(row.created_at);
			newestFirst &&= written <= previous;
			previous = written;
			if (id && !isClaimed(id) && fits(row, trace, from)) candidates.set(id, row);
		}
		const pastIt = newestFirst && previous < from;
		if (pastIt || (nextCursor === undefined && !cutOff)) searched = 'whole';
		if (nextCursor === undefined || nextCursor === cursor) break;
		cursor = nextCursor;
	}
	// Rows of mails that are known to have left look the same; only one more than those can be this mail.
	// Their time is taken generously: rather an outcome left unknown than another mail's row taken for this one.
	const others = othersSince(trace.signature, since - slack - LATE_ROW_MS);
	if (candidates.size <= others) return { searched };
	const [id, row] = [...candidates].sort(byTime)[0];
	return claim(id) ? { found: row } : { searched };
}

async function readLog(session: Session, query: IDataObject) {
	const request = session.complete({ method: 'GET', path: '/email/logs', query });
	return await session.call({
		...request,
		signal: session.run.cancelSignal,
		timeout: Math.min(LONGEST_TIMEOUT_MS, request.engineOptions?.timeout ?? LONGEST_TIMEOUT_MS),
	});
}

function fits(row: IDataObject, trace: Trace, from: number): boolean {
	const written = timeOf(row.created_at);
	if (Number.isNaN(written) || written < from) return false;
	if (textOf(row.recipient_email)?.toLowerCase() !== trace.recipient.toLowerCase()) return false;
	if (trace.subject !== undefined && textOf(row.subject) !== trace.subject) return false;
	const thread = textOf(row.thread_id);
	return trace.threadId === undefined || thread === undefined || thread === trace.threadId;
}

/** What to add to this machine's time to get the server's; undefined when the server does not tell its time. */
function clockGap(headers: IDataObject): number | undefined {
	const theirs = timeOf(headers.date);
	return Number.isNaN(theirs) ? undefined : theirs - Date.now();
}

function timeOf(value: unknown): number {
	return Date.parse(textOf(value) ?? '');
}

function byTime(one: [string, IDataObject], other: [string, IDataObject]): number {
	return timeOf(other[1].created_at) - timeOf(one[1].created_at);
}
