import type { INodeProperties, NodeOperationError } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import { isObject } from '../../values';
import { cleanFileName } from './fileName';

/** The error for one file. `what` continues after its name. */
export type RefuseFile = (what: string, description: string) => NodeOperationError;

const MAX_SHOWN = 80;

/** Names parameter, binary field and file: `'Attachment Fields' names 'data' (quote.pdf), which …`. */
export function refuseFile(
	item: Item,
	property: INodeProperties,
	field: string,
	file: unknown,
): RefuseFile {
	const fileName = isObject(file) ? cleanFileName(file.fileName) : '';
	const name = fileName === '' ? '' : ` (${shown(fileName)})`;
	return (what, description) =>
		item.refuse(property, `names '${shown(field)}'${name}, which ${what}`, description);
}

/** A name as an error shows it. */
export function shown(name: string): string {
	return name.length <= MAX_SHOWN ? name : `${name.slice(0, MAX_SHOWN)}…`;
}
