import type { IDataObject } from 'n8n-workflow';

import type { Shape } from '../operations/crud';
import { limit, outputFields, returnAll, simplify } from '../parameters/fields';
import type { Item } from '../parameters/item';

/** How many rows the user wants: 'Limit', or Infinity with 'Return All'. */
export function wantedRows(item: Item): number {
	return item.flag(returnAll) ? Infinity : item.count(limit);
}

/**
 * The shape of the output rows: `simplified` while 'Simplify' is on, else the API's own; of these, or of the API's own
 * fields, only those under 'Fields to Return' when any are named.
 */
export function wantedShape(item: Item, simplified: (row: IDataObject) => IDataObject): Shape {
	const simple = item.flag(simplify);
	const names = item.list(outputFields);
	if (names.length > 0) return (row) => pick({ ...row, ...(simple ? simplified(row) : {}) }, names);
	return simple ? simplified : (row) => row;
}

function pick(row: IDataObject, names: string[]): IDataObject {
	const wanted = ['id', ...names].filter((name) => Object.prototype.hasOwnProperty.call(row, name));
	return Object.fromEntries(wanted.map((name) => [name, row[name]]));
}
