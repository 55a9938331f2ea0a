import type { IDataObject } from 'n8n-workflow';

import { Recent } from '../../transport/processMemory';

/** What is known of a write of this process that must happen at most once. */
export type Deed =
	| { state: 'done'; row: IDataObject }
	/** It may have been carried out; `since` is when the request left (ms, this machine's clock). */
	| { state: 'unknown'; since: number; resent: boolean };

/** Far more than one run of a node does at 60 a minute; with the bound on a row's size, some tens of MB at the very most. */
const MOST = 20_000;
const LONGEST_ROW = 2_000;

/**
 * Writes of this process, so that n8n's Retry On Fail, which runs all items again because one failed, neither repeats
 * what was done nor what may have been done, even when the server ignores Idempotency-Key.
 */
const deeds = new Recent<Deed>(MOST);

export function recall(memory: string): Deed | undefined {
	return deeds.get(memory);
}

export function rememberDone(memory: string, row: IDataObject): void {
	deeds.set(memory, { state: 'done', row: bounded(row) });
}

export function rememberUnknown(memory: string, since: number, resent: boolean): void {
	deeds.set(memory, { state: 'unknown', since, resent });
}

/** Of a row that is unusually large only its short values are kept. */
function bounded(row: IDataObject): IDataObject {
	if (JSON.stringify(row).length <= LONGEST_ROW) return row;
	const short = Object.entries(row).filter(([name, value]) => {
		const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
		return plain && name.length + String(value).length <= 200;
	});
	return Object.fromEntries(short.slice(-20));
}

const running = new Map<string, Promise<unknown>>();

/**
 * Runs `work` after whatever runs under the same name: when n8n repeats a node whose earlier try is still under way, or
 * two items share a key, the second looks at what the first did instead of doing it too.
 */
export async function inTurn<T>(memory: string, work: () => Promise<T>): Promise<T> {
	for (let other = running.get(memory); other; other = running.get(memory)) {
		await other.catch(() => undefined);
	}
	const mine = work();
	running.set(memory, mine);
	try {
		return await mine;
	} finally {
		running.delete(memory);
	}
}
