import type { IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify } from './fields';
import type { Item } from './item';

/** How many rows the user wants: 'Limit', or Infinity with 'Return All'. */
export function wantedRows(item: Item): number {
	return item.flag(returnAll) ? Infinity : item.count(limit);
}

/** The shape of the output rows: `simplified` while 'Simplify' is on, else the API's own. */
export function wantedShape(item: Item, simplified: (row: IDataObject) => IDataObject) {
	return item.flag(simplify) ? simplified : undefined;
}
