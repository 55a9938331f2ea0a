import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { ReadFilter } from '../../operations/filters/rowFilter';
import type { Scope } from '../../transport/scopes';

/** An event that is a row of a list getting one of some statuses. */
export interface RowEvent {
	/** Its value in the parameter. */
	value: string;
	/** A test that finds none names it so. */
	noun: string;
	path: string;
	query?: IDataObject;
	scope: Scope;
	/** The field to sort by, where the server can. */
	newestFirstBy?: string;
	/** Where one row is, with `{id}`, and what it is called there: for lists that leave out a part. */
	one?: { path: string; name: string; isNeeded: (row: IDataObject) => boolean };
	/** What can be chosen; the values are the API's. */
	statuses: INodePropertyOptions[];
	/** Names that mean the same as one of the statuses, in lower case. */
	sameAs?: Record<string, string>;
	/** Which filters apply to it. */
	filters: Record<string, ReadFilter>;
	/** Whether a row counts at all. */
	counts?: (row: IDataObject) => boolean;
	/** Its times that stay as they are once it has the status. None: only when it was written. */
	lastingTimes?: (row: IDataObject) => unknown[];
	/** When it got the status, if it says so. */
	reachedAt?: (row: IDataObject) => unknown;
	/** At most ten flat fields. */
	simplified: (row: IDataObject) => IDataObject;
}
