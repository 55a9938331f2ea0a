import type { IDataObject } from 'n8n-workflow';

import type { Session } from '../../execution/operation';
import { cursorQuery, readPage } from '../../transport/paging';
import { timing } from '../../transport/pacing/timing';
import { pause } from '../../transport/waiting';
import { readTime, textOf } from '../../values';
import { claimRow, isClaimed, lookalikesSince } from './lookalikes';
import type { EmailTraits, MailLog } from './mailLog';

export type LogSearch =
	| { found: IDataObject }
	/** `part`: the log is longer than what was read of it. `not`: it could not be read. */
	| { found?: undefined; searched: 'whole' | 'part' | 'not' };

const MAX_PAGES = 3;
/** n8n's own default of five minutes is for the email, not for searching the log. */
const MAX_TIMEOUT_MS = 30_000;
/** Clocks of two machines that both use time servers; only needed when the server does not send its time. */
const SLACK_WITHOUT_DATE_MS = 60_000;
/** The server's `Date` and the log's times may be whole seconds. */
const SLACK_MS = 2_000;
/** A row may be written this long after the answer to its email. */
const LATE_ROW_MS = 8_000;

/**
 * Searches the log for an email whose answer was lost. The order of the logs is not documented (2026-05), so up to
 * three pages are searched. A row counts when it fits the email (mailLog.ts), when it was written since the request
 * was sent (by the server's clock), and when it cannot belong to another email that this process has sent.
 * Never throws: a log that cannot be read gives `searched: 'not'`. A failed run does not end it, a cancelled execution does.
 * @param since when the request was sent, ms on this machine's clock
 */
export async function searchSendLog(
	session: Session,
	log: MailLog,
	traits: EmailTraits,
	since: number,
): Promise<LogSearch> {
	if (!session.client.allows(log.scope)) return { searched: 'not' };
	const { cancelSignal } = session.run;
	let last: LogSearch = { searched: 'not' };
	try {
		for (const delayMs of timing.logSearchDelaysMs) {
			await pause(delayMs, cancelSignal);
			last = await searchOnce(session, log, traits, since);
			if (last.found) return last;
		}
	} catch {
		return cancelSignal.aborted ? { searched: 'not' } : last;
	}
	return last;
}

async function searchOnce(
	session: Session,
	log: MailLog,
	traits: EmailTraits,
	since: number,
): Promise<LogSearch> {
	const { workspaceKey } = session.client;
	const filters: IDataObject = { ...log.query, limit: 100 };
	if (traits.contactId) filters.contact_id = traits.contactId;
	if (traits.dealId) filters.deal_id = traits.dealId;
	const candidates = new Map<string, IDataObject>();
	let cursor: string | undefined;
	let searched: 'whole' | 'part' = 'part';
	let isNewestFirst = true;
	let previous = Infinity;
	let slackMs = SLACK_MS;
	for (let page = 0; page < MAX_PAGES && searched === 'part'; page++) {
		const answer = await readLog(session, log, { ...filters, ...cursorQuery(cursor) });
		const serverTime = readTime(answer.headers.date);
		const clockGapMs = serverTime === undefined ? 0 : serverTime - Date.now();
		slackMs = serverTime === undefined ? SLACK_WITHOUT_DATE_MS : SLACK_MS;
		const from = since + clockGapMs - slackMs;
		const { items, nextCursor, cutOff, isList } = readPage(answer.body);
		if (!isList) throw new Error('The send log is not a list');
		for (const row of items) {
			const id = textOf(row.id);
			const written = readTime(row.created_at) ?? Number.NaN;
			isNewestFirst &&= written <= previous;
			previous = written;
			const isOpen = id !== undefined && !isClaimed(workspaceKey, id);
			if (isOpen && written >= from && log.fits(row, traits)) candidates.set(id, row);
		}
		const isPast = isNewestFirst && previous < from;
		if (isPast || (nextCursor === undefined && !cutOff)) searched = 'whole';
		if (nextCursor === undefined || nextCursor === cursor) break;
		cursor = nextCursor;
	}
	// Rows of emails that are known to have been sent look the same; only one more than those can be this email.
	// Their time is taken generously: an ambiguous outcome is better than another email's row taken for this one.
	const lookalikes = lookalikesSince(traits.key, since - slackMs - LATE_ROW_MS);
	if (candidates.size <= lookalikes) return { searched };
	const [id, row] = [...candidates].sort(newestFirst)[0];
	return claimRow(workspaceKey, id) ? { found: row } : { searched };
}

async function readLog({ client, run }: Session, { path }: MailLog, query: IDataObject) {
	return await client.call({
		method: 'GET',
		path,
		query,
		signal: run.cancelSignal,
		timeoutMs: Math.min(MAX_TIMEOUT_MS, client.timeoutMs ?? MAX_TIMEOUT_MS),
	});
}

function newestFirst(one: [string, IDataObject], other: [string, IDataObject]): number {
	return (readTime(other[1].created_at) ?? 0) - (readTime(one[1].created_at) ?? 0);
}
