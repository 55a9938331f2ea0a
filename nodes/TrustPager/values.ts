import type { IDataObject } from 'n8n-workflow';

/** Narrows to a plain object: not null, not an array. Answers of a server can be anything. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string with something in it, trimmed; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}
