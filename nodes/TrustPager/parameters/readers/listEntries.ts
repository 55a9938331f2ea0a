import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values';
import { trimInvisible } from './characters';
import type { Refusal } from './refusal';
import { isRefusal, refuse } from './refusal';

export type ListEntry = string | number | IDataObject;
export interface ListEntries {
	entries: ListEntry[];
	isList: boolean;
}

/** Not a list, or a list in a list: what n8n's expressions give. */
const MAX_DEPTH = 2;

/**
 * What a list of a parameter holds, however it was given: one value, an array (also one level inside another), JSON text
 * of either, or n8n items (`{ json: … }`). Texts are trimmed; empty ones are left out, like the gap after a trailing
 * comma. `null` and `undefined` inside a list are refused: something was meant to be there. `isList` tells one value from
 * a list of one.
 */
export function listEntries(value: unknown): ListEntries | Refusal {
	return value === undefined || value === null ? one() : open(value, 0);
}

function one(...entries: ListEntry[]): ListEntries {
	return { entries, isList: false };
}

function open(value: unknown, depth: number): ListEntries | Refusal {
	if (typeof value === 'string') return openText(trimInvisible(value), depth);
	if (typeof value === 'number') return one(value);
	if (value instanceof Date) return refuse('must be text or a list, not a date', value);
	if (isObject(value)) return one(isObject(value.json) ? value.json : value);
	if (Array.isArray(value)) return openAll(value, depth + 1);
	if (value === undefined || value === null) return refuse('has an empty entry in its list', value);
	return refuse(`must be text or a list, not a ${typeof value}`, value);
}

function openText(text: string, depth: number): ListEntries | Refusal {
	const parsed = parseJson(text);
	if (parsed !== undefined) return open(parsed, depth);
	if (/\[object \w+\]/.test(text)) return refuse('has an object that was turned into text', text);
	// The list of another language: ['a', 'b'].
	const inner = /^\[[^[\]]*\]$/.test(text) ? text.slice(1, -1).trim() : text;
	return inner === '' ? one() : one(inner);
}

function openAll(values: unknown[], depth: number): ListEntries | Refusal {
	if (depth > MAX_DEPTH) return refuse('has lists nested too deeply', values);
	const entries: ListEntry[] = [];
	for (const value of values) {
		const opened = open(value, depth);
		if (isRefusal(opened)) return opened;
		for (const entry of opened.entries) entries.push(entry);
	}
	return { entries, isList: true };
}

/** The list or the object that a text is the JSON of. */
function parseJson(text: string): object | undefined {
	if (!/^[[{]/.test(text)) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
	} catch {
		return undefined;
	}
}
