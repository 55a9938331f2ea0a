import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../transport/paging';
import type { TriggerState } from './state';

/** The page that the machine asks for. `cursor` undefined asks for the first page. */
export type PageRequest =
	| { kind: 'threads'; cursor?: string }
	| { kind: 'messages'; threadId: string; cursor?: string };

/** The outcome of a request. `nearDeadline`: the poll's time is nearly up, so start nothing that can wait. */
export type PageResult =
	| { outcome: 'page'; page: Page; serverTime?: number; nearDeadline: boolean }
	/** What was asked for no longer exists (404), or the cursor or the status is not accepted; `reason` says so. */
	| { outcome: 'gone'; nearDeadline: boolean; reason?: unknown }
	/** The poll's time ran out before an answer came; `reason` is what delayed it, if known. */
	| { outcome: 'outOfTime'; nearDeadline: true; reason?: unknown };

/** A part of the machine: asks for pages, receives them, and ends with a result. Does nothing else. */
export type Steps<Result, Request = PageRequest> = Generator<Request, Result, PageResult>;

export interface Settings {
	/** Maximum number of messages per poll; at least 1. */
	maxMessages: number;
	/** How late, in ms of server time, a message may turn up and still be found. */
	lookBackMs: number;
	/** Whether an inbound message is wanted; one that is not wanted counts as dealt with. */
	wants: (message: IDataObject, thread: IDataObject) => boolean;
	/** Whether a row of the thread list is wanted: a server may ignore the filters that it was asked for. */
	lists: (row: IDataObject) => boolean;
	/** A key of the filters that the server applies; another key starts from scratch. */
	list: string;
	/**
	 * Set when mail that arrived in a pause is to be skipped: the server time at which the pause ended, by the server's clock
	 * in the first answer, where it tells it; Infinity: now.
	 */
	pauseEnd?: (serverTime?: number) => number;
	/** Maximum number of keys remembered; only tests change it. */
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
	/** The time ran out before any progress was made. */
	timedOut: boolean;
}
