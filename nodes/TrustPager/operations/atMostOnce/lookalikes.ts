import { openStore } from '../../transport/processMemory';

/**
 * What this process knows of emails that look alike in the send log: no row of one may stand for another. A traits key
 * names workspace, recipient, subject and thread; see `traitsKey` of an email in sendMail.
 */

/** When emails with the same traits were sent: ms, this machine's clock. */
const sentLookalikes = openStore<number[]>('sentLookalikes');
/** More than the rows that one search of the log reads: as many lookalikes leave no row to claim. */
const MAX_TIMES = 400;
const claimedRows = openStore<true>('claimedRows');
const emailsInFlight = new Map<string, number>();

/** Records that an email with these traits was sent. */
export function recordSent(traitsKey: string): void {
	const times = sentLookalikes.get(traitsKey) ?? [];
	sentLookalikes.set(traitsKey, [...times.slice(1 - MAX_TIMES), Date.now()]);
}

/** Records that an email is in flight: its log row may exist before its answer arrives. Call the result when it has ended. */
export function recordInFlight(traitsKey: string): () => void {
	emailsInFlight.set(traitsKey, (emailsInFlight.get(traitsKey) ?? 0) + 1);
	return () => {
		const remaining = (emailsInFlight.get(traitsKey) ?? 1) - 1;
		if (remaining > 0) emailsInFlight.set(traitsKey, remaining);
		else emailsInFlight.delete(traitsKey);
	};
}

/** How many emails with these traits were sent since `since` (ms, this machine's clock) or are in flight. */
export function lookalikesSince(traitsKey: string, since: number): number {
	const times = sentLookalikes.get(traitsKey) ?? [];
	return times.filter((at) => at >= since).length + (emailsInFlight.get(traitsKey) ?? 0);
}

/** Takes a log row for one email. False when another email has it. */
export function claimRow(workspaceKey: string, logId: string): boolean {
	if (isClaimed(workspaceKey, logId)) return false;
	claimedRows.set(rowKey(workspaceKey, logId), true);
	return true;
}

export function isClaimed(workspaceKey: string, logId: string): boolean {
	return claimedRows.get(rowKey(workspaceKey, logId)) === true;
}

const rowKey = (workspaceKey: string, logId: string) => `${workspaceKey} ${logId}`;
