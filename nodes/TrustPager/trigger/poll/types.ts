import type { IDataObject } from 'n8n-workflow';

import type { TriggerState } from './state';

/** What the machine wants to see next. `cursor` undefined asks for the first page. */
export type Want =
	| { kind: 'threads'; cursor?: string }
	| { kind: 'messages'; threadId: string; cursor?: string };

/** What came of it. `hurry`: the poll's time is nearly up, begin nothing that can wait. */
export type Seen =
	| { outcome: 'page'; page: ListPage; serverTime?: number; hurry: boolean }
	/** The thread does not exist any more (404). */
	| { outcome: 'gone'; hurry: boolean }
	/** The poll's time ran out before an answer came; `reason` is what kept it, if that is known. */
	| { outcome: 'outOfTime'; hurry: true; reason?: unknown };

export interface ListPage {
	items: IDataObject[];
	nextCursor?: string;
	/** The server has more but gives no way to get it. */
	cutOff: boolean;
}

/** A part of the machine: asks for pages, gets them, and ends with a result. Does nothing else. */
export type Steps<Result> = Generator<Want, Result, Seen>;

export interface Settings {
	/** Most messages of one poll; at least 1. */
	maxMessages: number;
	/** How late, in ms of server time, a message may turn up and still be found. */
	lookBackMs: number;
	/** Whether an inbound message is wanted; what is not wanted is dealt with all the same. */
	wants: (message: IDataObject, thread: IDataObject) => boolean;
	/** A key of the filters the server applies; another list starts afresh. */
	list: string;
	/** Most things remembered; only tests change it. */
	mostKeys?: number;
}

export interface Emission {
	message: IDataObject;
	thread: IDataObject;
}

export interface PollResult {
	/** Undefined when nothing is worth writing. */
	state?: TriggerState;
	/** Oldest first. */
	emissions: Emission[];
	/** For n8n's log: what a person should know although the poll has not failed. */
	notes: string[];
	/** The time ran out before anything was achieved. */
	starved: boolean;
}
