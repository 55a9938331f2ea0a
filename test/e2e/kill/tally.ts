import type { Execution } from '../../../lab/n8n';

/** An email that the test wrote, and the number of the kill before which it arrived (counted from 0). */
export interface Mail {
	id: string;
	round: number;
}

/** The result for all emails. */
export interface Tally {
	mails: number;
	/** Emails that an execution contains, however the execution ended. */
	executed: number;
	/** Emails that no execution contains. */
	lost: Mail[];
	/** Emails that more than one execution contains. */
	repeated: Mail[];
	/** The number of executions by n8n's status. */
	executions: Record<string, number>;
}

/**
 * Compares the emails with n8n's executions (with their data). A message's ID is a UUID, so an execution contains an
 * email if its data contain the ID: in a node's output or, after a crash, in the waiting input.
 */
export function tallyOf(mails: Mail[], executions: Execution[]): Tally {
	const texts = executions.map(({ data }) => JSON.stringify(data ?? {}));
	const holders = new Map(
		mails.map(({ id }) => [id, texts.filter((text) => text.includes(id)).length]),
	);
	const lost = mails.filter(({ id }) => holders.get(id) === 0);
	return {
		mails: mails.length,
		executed: mails.length - lost.length,
		lost,
		repeated: mails.filter(({ id }) => (holders.get(id) ?? 0) > 1),
		executions: counts(executions.map(({ status }) => status)),
	};
}

function counts(names: string[]): Record<string, number> {
	const result: Record<string, number> = {};
	for (const name of names) result[name] = (result[name] ?? 0) + 1;
	return result;
}
