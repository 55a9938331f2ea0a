import type { IDataObject } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';

/**
 * A filter that the server is asked for, where the API has it, and that its rows are checked against: servers of different
 * generations ignore different names, and a filter that is quietly ignored gives rows that nobody asked for.
 */
export interface RowFilter {
	/** Its label in the editor. */
	name: string;
	/** Under each name that a generation of the documents has for it. */
	query: IDataObject;
	/** Undefined when the row does not show it; then it passes. */
	holds: (row: IDataObject) => boolean | undefined;
	/** The API has no such filter: only its rows are checked, and that some do not pass is no news. */
	isLocal?: boolean;
	/** For rows from a moment on: the list is read no further than it takes. */
	from?: FirstMoment;
}

/** The moment from which on rows are wanted, in ms, and the field of a row that has its time. */
export interface FirstMoment {
	field: string;
	ms: number;
}

/** Reads the entry `name`, which is set, by the type it has. */
export type ReadFilter = (entry: { filters: Collection; name: string }) => Omit<RowFilter, 'name'>;

/**
 * The filters that a user set.
 * @param readers by the names of their parameters
 * @param others names of filters that are none of the list's
 * @throws NodeOperationError that names the filter whose value cannot be used, and for one that does not exist
 */
export function readFilters(
	filters: Collection,
	readers: Readonly<Record<string, ReadFilter>>,
	others: readonly string[] = [],
): RowFilter[] {
	const names = filters.present.filter((name) => !others.includes(name));
	return names.map((name) => {
		if (!Object.prototype.hasOwnProperty.call(readers, name)) {
			throw filters.value(name).refuse('is not one of the filters', 'Remove it.');
		}
		return { name: filters.label(name), ...readers[name]({ filters, name }) };
	});
}

/** All filters as one query. */
export function queryOf(filters: RowFilter[]): IDataObject {
	return Object.assign({}, ...filters.map(({ query }) => query)) as IDataObject;
}

/**
 * Whether a row passes the filters that the API does not have, and `keep`; undefined when there are none and no `keep`.
 */
export function localCheck(
	filters: RowFilter[],
	keep?: (row: IDataObject) => boolean,
): ((row: IDataObject) => boolean) | undefined {
	const local = filters.filter(({ isLocal }) => isLocal);
	if (local.length === 0) return keep;
	return (row) => local.every(({ holds }) => holds(row) !== false) && keep?.(row) !== false;
}

/** Checks rows against the filters that the API has, and counts the rows that the server should not have sent. */
export class FilterCheck {
	/** By the filter's label. */
	readonly leftOut = new Map<string, number>();

	private readonly filters: RowFilter[];

	constructor(filters: RowFilter[]) {
		this.filters = filters.filter(({ isLocal }) => !isLocal);
	}

	/** Whether the row is wanted. */
	readonly keep = (row: IDataObject): boolean => {
		const broken = this.filters.find(({ holds }) => holds(row) === false);
		if (broken) this.leftOut.set(broken.name, (this.leftOut.get(broken.name) ?? 0) + 1);
		return broken === undefined;
	};
}
