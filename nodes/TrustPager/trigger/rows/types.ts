import type { IDataObject } from 'n8n-workflow';

import type { Steps } from '../poll/types';
import type { RowState } from './state';

/** What the machine for rows asks for: a page of those with a status, or one row with all that the server has of it. */
export type RowRequest =
	| { kind: 'rows'; status: string; cursor?: string }
	| { kind: 'row'; id: string; cursor?: undefined };

export type RowSteps<Result> = Steps<Result, RowRequest>;

/** A row of a list, as the machine sees it. */
export interface EventRow {
	id: string;
	/** Of the row in this status: what is emitted once. */
	key: string;
	/** In lower case; '' when the row has none. */
	status: string;
	/** Has one of the wanted statuses and passes the filters; others only show the list's order and the server's time. */
	isWanted: boolean;
	/** Has none of them: the server does not list rows by status. */
	isOther: boolean;
	/** When it was written, ms; it never changes. */
	time?: number;
	/** The latest of the times that it keeps once it has the status: whatever is older than the floor is old. */
	latest?: number;
	/** When it got the status, where it says so. */
	reached?: number;
	row: IDataObject;
}

export interface RowSettings {
	/** Each is asked for by itself. */
	statuses: string[];
	/** Undefined for a row without an ID. */
	read: (row: IDataObject) => EventRow | undefined;
	/** Whether `time` is all that a row has: then a list that is newest first ends where it passes the floor. */
	endsAtFloor: boolean;
	/** Whether the list leaves out what the row itself has, so that it is read before it is emitted. */
	hasMore?: (row: EventRow) => boolean;
	/** How long before it gets the status a row's `latest` may be. */
	lookBackMs: number;
	/** Most rows in one execution. */
	maxItems: number;
	/** A key of the event and its filters; another key starts from scratch. */
	list: string;
	/** As in the settings of messages. */
	pauseEnd?: (serverTime?: number) => number;
	/** Maximum number of keys remembered; only tests change it. */
	mostKeys?: number;
}

export interface RowResult {
	/** Undefined when nothing is worth writing. */
	state?: RowState;
	/** Oldest first. */
	emissions: IDataObject[];
	/** For n8n's log. */
	notes: string[];
	/** The time ran out before any progress was made. */
	timedOut: boolean;
	/** Why the server refused to list any of the statuses. */
	refusal?: unknown;
}
