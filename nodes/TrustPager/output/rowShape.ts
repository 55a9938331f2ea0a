import type { IDataObject } from 'n8n-workflow';

import { limit, outputFields, returnAll, simplify } from '../parameters/fields';
import type { Item } from '../parameters/item';

/** Makes output rows out of the API's, all at once. */
export type RowShape = (rows: IDataObject[]) => IDataObject[];

/** What 'Return All' means to an AI agent: a model that is given thousands of rows fails, or costs a fortune. */
export const MAX_TOOL_ROWS = 100;

/** How many rows the user wants: 'Limit', or Infinity with 'Return All'. */
export function rowLimit(item: Item): number {
	if (!item.flag(returnAll)) return item.count(limit);
	// One more, which shows that there are more.
	return item.isToolCall ? MAX_TOOL_ROWS + 1 : Infinity;
}

/** The rows as an AI agent may have them: of 'Return All' the first hundred, and a note that there are more. */
export function boundedForTool(item: Item, rows: IDataObject[]): IDataObject[] {
	if (!item.isToolCall || !item.flag(returnAll) || rows.length <= MAX_TOOL_ROWS) return rows;
	item.note(
		`These are the first ${MAX_TOOL_ROWS} results; there are more. Narrow the search, or say that the list is not complete.`,
	);
	return rows.slice(0, MAX_TOOL_ROWS);
}

/**
 * `simplified` while 'Simplify' is on, else the API's own rows; only the fields that 'Fields to Return' names, simplified
 * or of the API, when it names any. The ID is always among them.
 * @param further fields in simplified form that are only there when they are named
 * @throws NodeOperationError, later, when the rows have none of the named fields, or when one to be simplified has no ID: it
 *   is not what was asked for, and would become a row of nulls
 */
export function rowShape(
	item: Item,
	simplified: (row: IDataObject) => IDataObject,
	further: (row: IDataObject) => IDataObject = () => ({}),
): RowShape {
	const isSimple = item.flag(simplify);
	const names = item.list(outputFields);
	if (names.length === 0) return simpleShape(item, simplified);
	const simple = simplifier(item, simplified);
	return (rows) =>
		pick(
			item,
			isSimple ? rows.map((row) => ({ ...row, ...further(row), ...simple(row) })) : rows,
			names,
		);
}

/** Likewise, for an operation without 'Fields to Return'. */
export function simpleShape(item: Item, simplified: (row: IDataObject) => IDataObject): RowShape {
	const isSimple = item.flag(simplify);
	const simple = simplifier(item, simplified);
	return (rows) => (isSimple ? rows.map(simple) : rows);
}

function simplifier(item: Item, simplified: (row: IDataObject) => IDataObject) {
	return (row: IDataObject): IDataObject => {
		if (row.id !== undefined && row.id !== null && row.id !== '') return simplified(row);
		throw item.refuse(
			simplify,
			'cannot be applied: TrustPager answered with a row without an ID',
			"Turn 'Simplify' off to see TrustPager's own response.",
		);
	};
}

function pick(item: Item, rows: IDataObject[], names: string[]): IDataObject[] {
	const fields = [...new Set(rows.flatMap(Object.keys))];
	const fieldOf = (name: string) => fields.find((field) => isSame(field, name));
	const unknown = names.filter((name) => fieldOf(name) === undefined);
	if (rows.length > 0 && unknown.length === names.length) {
		throw item.refuse(
			outputFields,
			`names no field of the output: ${unknown.join(', ').slice(0, 80)}`,
			`The fields are: ${fields.join(', ')}.`,
		);
	}
	if (rows.length > 0) unknown.forEach((name) => item.note(`No row has the field '${name}'.`));
	const wanted = ['id', ...names.flatMap((name) => fieldOf(name) ?? [])];
	return rows.map((row) =>
		Object.fromEntries(wanted.filter((name) => name in row).map((name) => [name, row[name]])),
	);
}

const isSame = (field: string, name: string) => field.toLowerCase() === name.toLowerCase();
