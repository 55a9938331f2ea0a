import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../parameters/item';
import type { ChosenFile, Refuse } from './chosenFile';
import { BY_NAME } from './chosenFile';
import { fileByName } from './fileByName';
import { filesByObject } from './filesByObject';

/**
 * The files that were given for a parameter: names of binary fields, in a text or a list, or the files themselves, as
 * `{{ $binary.data }}`, `{{ $binary }}` or a list of such objects gives them. Each binary field once.
 * @param given '' when unset
 * @throws NodeOperationError that names the parameter, for whatever is neither
 */
export function chosenFiles(
	item: Item,
	property: INodeProperties,
	given: string | object,
): ChosenFile[] {
	if (given === '') return [];
	const refuse: Refuse = (what, description) => item.refuse(property, what, description);
	const binary = item.context.getInputData().binary ?? {};
	const fields = Object.entries(binary).map(([field, file]): ChosenFile => ({ field, file }));
	const chosen = entriesOf(given).flatMap((entry) =>
		typeof entry === 'string' || typeof entry === 'number'
			? fileByName(item, fields, String(entry), refuse)
			: filesByObject(fields, entry, refuse),
	);
	if (chosen.length === 0) throw refuse('names no binary field', BY_NAME);
	return [...new Set(chosen)];
}

/** Blanks are skipped, as in `data, ,other`; what is missing is not. */
function entriesOf(given: unknown): unknown[] {
	if (typeof given === 'string') return splitText(given);
	const entries: unknown[] = Array.isArray(given) ? given : [given];
	return entries.filter((entry) => typeof entry !== 'string' || entry.trim() !== '');
}

function splitText(text: string): unknown[] {
	if (/^[[{]/.test(text)) {
		try {
			return entriesOf(JSON.parse(text));
		} catch {
			// Names, in brackets.
		}
	}
	return entriesOf(text.split(/[,;\r\n]/));
}
