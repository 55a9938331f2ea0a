import type { Item } from '../../parameters/item';
import { isObject } from '../../values';
import type { ChosenFile, Refuse } from './chosenFile';
import { BY_NAME, CONVERT } from './chosenFile';
import { isDataUri } from './dataUri';
import { shown } from './refuseFile';

const QUOTED = /^(["'`“‘])(.*)["'`”’]$/;

/**
 * The binary field with a name; also with quotes around it, or in another case when only one field fits.
 * @throws NodeOperationError when the item has no such field, or several fit
 */
export function fileByName(
	item: Item,
	fields: ChosenFile[],
	text: string,
	refuse: Refuse,
): ChosenFile {
	const named = (name: string) => fields.find(({ field }) => field === name);
	const name = QUOTED.exec(text.trim())?.[2].trim() ?? text.trim();
	const exact = named(text) ?? named(text.trim()) ?? named(name);
	if (exact) return exact;
	const similar = fields.filter(({ field }) => plain(field) === plain(name));
	if (similar.length === 1) return similar[0];
	if (similar.length > 1) {
		const names = similar.map(({ field }) => `'${field}'`).join(' or ');
		throw refuse(`names '${shown(name)}', which could be ${names}`, BY_NAME);
	}
	const file = fileInJson(item, name);
	if (file) return { field: name, file };
	if (isDataUri(name)) throw refuse("is a 'data:' URI, not the name of a binary field", CONVERT);
	throw refuse(
		`names '${shown(name)}', but the item has no such binary field`,
		fields.length > 0
			? `The item has: ${fields.map(({ field }) => field).join(', ')}.`
			: 'The item has no files. Add a node before this one that outputs a file, or leave the parameter out.',
	);
}

const plain = (name: string) => name.trim().toLowerCase();

/** n8n's binary mode "combined" keeps files in the item's JSON, where only this helper finds them. */
function fileInJson(item: Item, name: string): unknown {
	try {
		const file: unknown = item.context.helpers.assertBinaryData(name);
		return isObject(file) && typeof file.mimeType === 'string' ? file : undefined;
	} catch {
		return undefined;
	}
}
