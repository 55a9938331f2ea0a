import type { IDataObject } from 'n8n-workflow';

import type { ErrorTexts } from '../../transport/errors';
import { openStore } from '../../transport/processMemory';
import type { Variant } from './ccForm';

/** What this process knows of a write that must take effect at most once. */
export type LedgerEntry =
	| { state: 'done'; row: IDataObject }
	/** It was done, and what the server reports of it is an error: the same at each repetition. */
	| { state: 'doneWithError'; texts: ErrorTexts }
	| ({ state: 'ambiguous' } & Ambiguous);

/** A write that may have been completed. */
export interface Ambiguous {
	/** When the request was sent (ms, this machine's clock). */
	since: number;
	/** Whether it was sent a second time since. */
	resent: boolean;
	/** How an email was sent, so that a second time is the same request. */
	variant?: Variant;
}

/** Longest row that is kept whole, as JSON: with the ledger's bound, some tens of MB at most. */
const MAX_ROW_LENGTH = 2_000;

const ledger = openStore<LedgerEntry>('ledger');

export function entryOf(ledgerKey: string): LedgerEntry | undefined {
	return ledger.get(ledgerKey);
}

export function recordDone(ledgerKey: string, row: IDataObject): void {
	ledger.set(ledgerKey, { state: 'done', row: bounded(row) });
}

export function recordDoneWithError(ledgerKey: string, texts: ErrorTexts): void {
	ledger.set(ledgerKey, { state: 'doneWithError', texts });
}

export function recordAmbiguous(ledgerKey: string, ambiguous: Ambiguous): void {
	ledger.set(ledgerKey, { state: 'ambiguous', ...ambiguous });
}

/** Of a row that is unusually large only its short values are kept. */
function bounded(row: IDataObject): IDataObject {
	if (JSON.stringify(row).length <= MAX_ROW_LENGTH) return row;
	const short = Object.entries(row).filter(([name, value]) => {
		const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
		return isPlain && name.length + String(value).length <= 200;
	});
	return Object.fromEntries(short.slice(-20));
}

const ledgerLocks = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after whatever runs under the same ledger key: when n8n repeats a node whose earlier try is still in
 * progress, or two items share a key, the second sees what the first did instead of doing it too.
 */
export async function withLock<T>(ledgerKey: string, work: () => Promise<T>): Promise<T> {
	for (let other = ledgerLocks.get(ledgerKey); other; other = ledgerLocks.get(ledgerKey)) {
		await other.catch(() => undefined);
	}
	const own = work();
	ledgerLocks.set(ledgerKey, own);
	try {
		return await own;
	} finally {
		ledgerLocks.delete(ledgerKey);
	}
}
