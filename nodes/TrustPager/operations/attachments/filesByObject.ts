import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values';
import type { ChosenFile, Refuse } from './chosenFile';
import { BY_NAME, CONVERT } from './chosenFile';
import { bytesOf } from './heldContent';

/**
 * The files that an expression gave in place of names. `{{ $binary.data }}` gives all that n8n knows of a file but its
 * bytes (n8n-workflow, WorkflowDataProxy), so that the binary field is found by the rest; `{{ $binary }}` gives that of all
 * fields, and `{{ $('Node').item.binary.data }}` a file as it is.
 * @throws NodeOperationError when it is not a file of n8n, or the item has no such file, or several
 */
export function filesByObject(fields: ChosenFile[], given: unknown, refuse: Refuse): ChosenFile[] {
	if (given === undefined || given === null) {
		throw refuse(
			'has an entry that is empty: its expression gave nothing',
			'Check the expression.',
		);
	}
	if (bytesOf(given)) throw refuse('is a Buffer, not the name of a binary field', CONVERT);
	if (!isObject(given)) throw refuse('must be names of binary fields', BY_NAME);
	const own = ownField(fields, given, refuse);
	if (own) return [own];
	if (isFile(given)) return [{ field: 'file', file: given }];
	const named = Object.entries(given);
	if (named.length > 0 && named.every(([name, file]) => isKnown(fields, name, file))) {
		return named.map(([name, file]) => fileOfAll(fields, name, file, refuse));
	}
	if (hasType(given) && !('content' in given)) throw refuseOther(refuse);
	if (named.length === 0) throw refuse('is an object without files', BY_NAME);
	throw refuse('is an object, not the name of a binary field', CONVERT);
}

/** One entry of `{{ $binary }}`. */
function fileOfAll(fields: ChosenFile[], name: string, file: unknown, refuse: Refuse): ChosenFile {
	const sameName = fields.filter(({ field }) => field === name);
	const own = ownField(sameName, file, refuse) ?? ownField(fields, file, refuse);
	if (!own && !isFile(file)) throw refuseOther(refuse);
	return own ?? { field: name, file };
}

function refuseOther(refuse: Refuse): Error {
	return refuse(
		'is a file that the item does not have',
		"Only the previous node's files can be attached. Pass the file on to this node, for example with a 'Merge' node, and give the name of its binary field.",
	);
}

function ownField(fields: ChosenFile[], given: unknown, refuse: Refuse): ChosenFile | undefined {
	const about = aboutOf(given);
	const fits = fields.filter(
		({ file }) => about !== undefined && aboutOf(file) === about && hasSameData(file, given),
	);
	if (fits.every(({ file }) => hasSameData(file, fits[0].file))) return fits.at(0);
	const names = fits.map(({ field }) => `'${field}'`).join(' or ');
	throw refuse(`is a file that could be ${names}`, BY_NAME);
}

/** Whether two files hold the same data, as far as both hold any. */
function hasSameData(file: unknown, other: unknown): boolean {
	const [one, two] = [file, other].map((each) => (isObject(each) ? each.data : undefined));
	return one === undefined || two === undefined || one === two;
}

/** All that n8n knows of a file but its bytes, as one text. */
function aboutOf(file: unknown): string | undefined {
	if (!isObject(file) || ArrayBuffer.isView(file)) return undefined;
	const known = Object.entries(file).filter(([name]) => name !== 'data');
	return JSON.stringify(known.sort(([one], [other]) => one.localeCompare(other)));
}

/** Whether a value is n8n's form of a file, bytes or ID included. */
function isFile(value: unknown): boolean {
	return hasType(value) && ('data' in value || 'id' in value);
}

/** n8n gives each file a MIME type; a Code node may leave it out. */
function hasType(value: unknown): value is IDataObject {
	return isObject(value) && typeof value.mimeType === 'string';
}

function isKnown(fields: ChosenFile[], name: string, file: unknown): boolean {
	const own = fields.find(({ field }) => field === name);
	return (
		hasType(file) || (isObject(file) && own !== undefined && aboutOf(own.file) === aboutOf(file))
	);
}
