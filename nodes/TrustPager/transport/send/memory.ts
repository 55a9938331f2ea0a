import type { IDataObject } from 'n8n-workflow';

/** What is known of a send of this process, by its Idempotency-Key. */
export type Remembered =
	| { state: 'sent'; row: IDataObject }
	/** It may have left; `since` is when the request began (ms, this machine's clock). */
	| { state: 'unknown'; since: number };

/** A few MB at most; far more than one run of a node sends at 60 a minute. */
const MOST = 20_000;

/**
 * Sends of this process, so that n8n's Retry On Fail, which runs all items again because one failed, neither sends
 * an accepted mail again nor repeats one whose outcome is unknown, even when the server ignores Idempotency-Key.
 */
const sends = new Map<string, Remembered>();

export function recall(key: string): Remembered | undefined {
	return sends.get(key);
}

export function remember(key: string, what: Remembered): void {
	sends.delete(key);
	sends.set(key, what);
	if (sends.size > MOST) {
		const oldest = sends.keys().next().value;
		if (oldest !== undefined) sends.delete(oldest);
	}
}

/** Mails this process knows to have left, and log rows it has taken for one: neither may stand for another mail. */
interface Delivered {
	signature: string;
	at: number;
}
const delivered: Delivered[] = [];
const claimed = new Set<string>();
const MOST_DELIVERED = 5_000;

/** Notes that a mail with this signature (recipient, subject, thread) has left. */
export function noteDelivered(signature: string): void {
	delivered.push({ signature, at: Date.now() });
	if (delivered.length > MOST_DELIVERED) delivered.splice(0, MOST_DELIVERED / 2);
}

/** How many mails with this signature this process has seen leave since `since` (ms, this machine's clock). */
export function deliveredSince(signature: string, since: number): number {
	return delivered.filter((mail) => mail.signature === signature && mail.at >= since).length;
}

/** Takes a log row for one mail. False when another mail has it. */
export function claim(logId: string): boolean {
	if (claimed.has(logId)) return false;
	claimed.add(logId);
	if (claimed.size > MOST_DELIVERED) {
		const oldest = claimed.values().next().value;
		if (oldest !== undefined) claimed.delete(oldest);
	}
	return true;
}

export function isClaimed(logId: string): boolean {
	return claimed.has(logId);
}
