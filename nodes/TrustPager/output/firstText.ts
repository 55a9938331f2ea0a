import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../values';

/** The first of these fields that holds a text, trimmed; null when none does. */
export function firstText(row: IDataObject, ...names: string[]): string | null {
	for (const name of names) {
		const text = textOf(row[name]);
		if (text !== undefined) return text;
	}
	return null;
}
