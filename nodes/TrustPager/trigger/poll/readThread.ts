import { readTime } from '../../values';
import type { MessageRow, ThreadRow } from './rows';
import { datedMessages } from './rows';
import type { Steps } from './types';

export interface ThreadEnd {
	/** `outOfTime`: read in part only. `gone`: the thread was deleted after it was listed. */
	outcome: 'read' | 'gone' | 'outOfTime';
	nearDeadline: boolean;
	note?: string;
}

/**
 * Reads the messages of one thread, page by page, into `take`.
 * API: documented as chronological; a thread that comes newest first is read only down to `floor`.
 */
export function* readThread(
	thread: ThreadRow,
	floor: number,
	take: (messages: MessageRow[]) => void,
): Steps<ThreadEnd> {
	const cursors = new Set<string>();
	let cursor: string | undefined;
	let before: number | undefined;
	for (;;) {
		const seen = yield { kind: 'messages', threadId: thread.id, cursor };
		if (seen.outcome !== 'page') return { outcome: seen.outcome, nearDeadline: seen.nearDeadline };
		const { items, nextCursor, cutOff } = seen.page;
		const messages = datedMessages(items, thread, before);
		take(messages);
		before = messages[messages.length - 1]?.time ?? before;

		const times = items.flatMap(({ created_at }) => readTime(created_at) ?? []);
		if (isDescending(times) && times[times.length - 1] < floor) {
			return { outcome: 'read', nearDeadline: seen.nearDeadline };
		}
		if (cutOff || (nextCursor !== undefined && cursors.has(nextCursor))) {
			const note = `TrustPager gave no cursor to read past ${items.length} messages of thread ${thread.id}`;
			return { outcome: 'read', nearDeadline: seen.nearDeadline, note };
		}
		if (nextCursor === undefined) return { outcome: 'read', nearDeadline: seen.nearDeadline };
		cursors.add(nextCursor);
		cursor = nextCursor;
	}
}

function isDescending(times: number[]): boolean {
	const falls = times.every((time, index) => index === 0 || time <= times[index - 1]);
	return falls && times.length > 1 && times[times.length - 1] < times[0];
}
