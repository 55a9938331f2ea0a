import type { INodeExecutionData } from 'n8n-workflow';

import type { FilterCheck } from '../operations/filters/rowFilter';
import type { PageCall } from './fetchPage';
import type { TriggerState } from './poll/state';
import type { Settings, Steps } from './poll/types';

/** How one event is found: a machine without I/O, and how its requests and its results look outside. */
export interface Job<Request, Emission> {
	/** @param stored the state of the previous poll, if any */
	poll(stored: unknown, pauseEnd: Settings['pauseEnd']): Steps<JobResult<Emission>, Request>;
	/** The latest event, for a test in the editor; undefined when there is none. Knows no state. */
	latest(): Steps<Emission | undefined, Request>;
	call(request: Request): PageCall;
	toItem(emission: Emission): INodeExecutionData;
	check: FilterCheck;
	/** What is skipped after a pause. */
	startsFresh: boolean;
	/** The error of a test that finds none. */
	nothing: { title: string; description: string };
}

/** What a poll came to. */
export interface JobResult<Emission> {
	/** Undefined when nothing is worth writing. */
	state?: TriggerState;
	/** Oldest first. */
	emissions: Emission[];
	/** For n8n's log: what a person should know although the poll has not failed. */
	notes: string[];
	/** The time ran out before any progress was made. */
	timedOut: boolean;
	/** Why the server does not list what is asked for. */
	refusal?: unknown;
}

/** Any of the jobs; who made its machine answers its requests. */
export type AnyJob = Job<unknown, unknown>;
