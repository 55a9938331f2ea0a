import { Recent } from '../../transport/processMemory';

/** What this process knows of mails that look alike in the send log: none of their rows may stand for another mail. */

interface Delivered {
	signature: string;
	at: number;
}

const MOST = 5_000;
const delivered: Delivered[] = [];
const claimed = new Recent<true>(MOST);
const leaving = new Map<string, number>();

/** Notes that a mail with this signature (recipient, subject, thread) has left. */
export function noteDelivered(signature: string): void {
	delivered.push({ signature, at: Date.now() });
	if (delivered.length > MOST) delivered.splice(0, MOST / 2);
}

/** Notes that a mail is on its way: its log row may be there before its answer is. Call the result when it has ended. */
export function noteLeaving(signature: string): () => void {
	leaving.set(signature, (leaving.get(signature) ?? 0) + 1);
	return () => {
		const left = (leaving.get(signature) ?? 1) - 1;
		if (left > 0) leaving.set(signature, left);
		else leaving.delete(signature);
	};
}

/** How many mails with this signature have left since `since` (ms, this machine's clock) or are on their way. */
export function othersSince(signature: string, since: number): number {
	const left = delivered.filter((mail) => mail.signature === signature && mail.at >= since);
	return left.length + (leaving.get(signature) ?? 0);
}

/** Takes a log row for one mail. False when another mail has it. */
export function claim(logId: string): boolean {
	if (claimed.get(logId)) return false;
	claimed.set(logId, true);
	return true;
}

export function isClaimed(logId: string): boolean {
	return claimed.get(logId) === true;
}
