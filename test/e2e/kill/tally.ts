import type { Execution } from '../../../lab/n8n';

/** A mail that the test wrote, and the kill before which it came (counted from 0). */
export interface Mail {
	id: string;
	round: number;
}

/** What became of the mails. */
export interface Tally {
	mails: number;
	/** Mails that an execution holds, whatever became of the execution. */
	executed: number;
	/** Mails that no execution holds. */
	lost: Mail[];
	/** Mails that more than one execution holds. */
	repeated: Mail[];
	/** How many executions ended how, by n8n's record. */
	executions: Record<string, number>;
}

/**
 * Compares the mails with n8n's executions (with their data). A message's id is a UUID, so an execution holds a mail
 * when its data name the id: in a node's output, or, after a crash, in what was still to be run.
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
