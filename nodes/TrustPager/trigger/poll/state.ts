import { isObject } from '../../values';
import { KnownKeys } from './knownKeys';

/** What the trigger remembers between polls, as n8n stores it: JSON under 64 kB. Times are server times in ms. */
export interface TriggerState {
	version: 1;
	/** Whatever is dated before this counts as dealt with. Never decreases. */
	floor: number;
	/** The newest time found in the data. */
	newest: number;
	/** The time up to which the last scan covered everything. The floor follows it one scan behind. */
	covered: number;
	/** Packed KnownKeys: messages and threads dealt with that are dated at or after the floor. */
	known: string;
	/** The list is known not to be newest first: only a scan to its end finds everything. */
	unordered: boolean;
	/** Something may wait further down the list even when its first page shows no change. */
	unfinished: boolean;
	/** Where the scan continues after its first page, if the list was too long for one poll. */
	resume?: string;
	/** Which list this is about: a key of the filters that the server applies. */
	list: string;
}

/** The state from n8n's static data; undefined when there is none yet or it is not one of ours. */
export function readState(stored: unknown): TriggerState | undefined {
	if (!isObject(stored) || stored.version !== 1) return undefined;
	const { floor, newest, covered, known, unordered, unfinished, resume, list } = stored;
	const times = [floor, newest, covered];
	if (!times.every((time) => typeof time === 'number' && Number.isFinite(time))) return undefined;
	if (typeof known !== 'string' || typeof list !== 'string') return undefined;
	return {
		version: 1,
		floor: Number(floor),
		newest: Number(newest),
		covered: Number(covered),
		known,
		unordered: unordered === true,
		unfinished: unfinished === true,
		resume: typeof resume === 'string' ? resume : undefined,
		list,
	};
}

/** The state of an empty mailbox: whatever arrives is new. */
export function emptyState(list: string): TriggerState {
	return {
		version: 1,
		floor: 0,
		newest: 0,
		covered: 0,
		known: new KnownKeys().pack(),
		unordered: false,
		unfinished: false,
		list,
	};
}
