import { readThread } from './readThread';
import type { ThreadRow } from './rows';
import { isInbound } from './rows';
import { scanThreadList } from './scanList';
import type { Emission, Settings, Steps } from './types';

/** Most threads that a manual test reads before it gives up. */
const MAX_READ = 10;
/** Most pages of the list, for a server that ignores the filters. */
const MAX_PAGES = 5;

/**
 * The newest inbound message that passes the filters, for a test in the editor; undefined when the ten newest threads
 * hold none. Neither reads nor writes state.
 */
export function* latestMessage(settings: Settings): Steps<Emission | undefined> {
	const rows: ThreadRow[] = [];
	yield* scanThreadList(settings, (page) => {
		rows.push(...page.rows.filter(({ isWanted }) => isWanted));
		return rows.length >= MAX_READ || page.number >= MAX_PAGES ? 'enough' : 'more';
	});
	const age = ({ time }: ThreadRow) => time ?? 0;
	rows.sort((a, b) => age(b) - age(a));

	let best: { emission: Emission; time: number } | undefined;
	for (const row of rows.slice(0, MAX_READ)) {
		if (best && best.time >= age(row)) break;
		const read = yield* readThread(row, 0, (messages) => {
			for (const { message, time = 0 } of messages) {
				if (!isInbound(message) || !settings.wants(message, row.about)) continue;
				if (!best || time > best.time) best = { emission: { message, thread: row.about }, time };
			}
		});
		if (read.outcome === 'outOfTime') break;
	}
	return best?.emission;
}
