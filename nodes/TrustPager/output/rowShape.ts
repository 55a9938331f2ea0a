import type { IDataObject } from 'n8n-workflow';

import { limit, outputFields, returnAll, simplify } from '../parameters/fields';
import type { Item } from '../parameters/item';

/** Makes an output row out of one of the API's. */
export type RowShape = (row: IDataObject) => IDataObject;

/** How many rows the user wants: 'Limit', or Infinity with 'Return All'. */
export function rowLimit(item: Item): number {
	return item.flag(returnAll) ? Infinity : item.count(limit);
}

/**
 * `simplified` while 'Simplify' is on, else the API's own row; only the fields that 'Fields to Return' names, simplified
 * or of the API, when it names any. The ID is always among them.
 */
export function rowShape(item: Item, simplified: RowShape): RowShape {
	const isSimple = item.flag(simplify);
	const names = item.list(outputFields);
	if (names.length === 0) return isSimple ? simplified : (row) => row;
	return (row) => pick({ ...row, ...(isSimple ? simplified(row) : {}) }, names);
}

function pick(row: IDataObject, names: string[]): IDataObject {
	const present = ['id', ...names].filter((name) =>
		Object.prototype.hasOwnProperty.call(row, name),
	);
	return Object.fromEntries(present.map((name) => [name, row[name]]));
}
