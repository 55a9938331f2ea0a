import type { IDataObject } from 'n8n-workflow';

import { isObject, isSafeId } from '../../values';
import { withoutAnyInvisible } from './characters';
import { listEntries } from './listEntries';
import type { Refusal } from './refusal';
import { isRefusal, refuse } from './refusal';

/** UUIDs have 36 characters; whatever is far longer is not an ID. */
const MAX_LENGTH = 200;

/** What people call a contact, customer or deal: C-001, A-001, D-001, OPP-001. API: `public_id`; requests take the ID. */
export const SHORT_NUMBER = /^(?:[CcAaDd]|[Oo][Pp][Pp])-\d{3,}$/;

export type IdList = { ids: string[] } | Refusal;

const QUOTES = /^["'“”„‘’`]|["'“”„‘’`]$/g;
/** What is left of JSON, of an expression or of a value that was missing; no ID has it. */
const LEFTOVER = /["'“”„‘’`<>{}[\]()]|^(?:undefined|null|NaN|true|false)$/i;

/**
 * IDs of threads as people give them: text with commas, semicolons, spaces or line breaks between them, with or without
 * quotes; numbers; lists; JSON text of lists; rows with an `id`, of which messages and the trigger's items carry that of
 * their thread. In order, each once, safe in a URL; an empty list for a value that holds nothing.
 */
export function readIdList(value: unknown): IdList {
	const list = listEntries(value);
	if (isRefusal(list)) return list;
	const ids = new Set<string>();
	for (const entry of list.entries) {
		const given = isObject(entry) ? idOf(entry) : entry;
		const texts = typeof given === 'string' ? split(given) : [numberText(given)];
		const wrong = texts.findIndex((text) => text === undefined || !isId(text));
		// Separators alone hold nothing, but a row is there for its ID.
		if (wrong !== -1 || (texts.length === 0 && isObject(entry)))
			return refuse('has an entry that is not a valid ID', texts[wrong] ?? entry);
		for (const text of texts) if (text !== undefined) ids.add(text);
	}
	return { ids: [...ids] };
}

function split(text: string): string[] {
	const parts = text.split(/[\s,;，、；]+/);
	return parts.map((part) => withoutAnyInvisible(part).replace(QUOTES, '')).filter(Boolean);
}

function numberText(value: unknown): string | undefined {
	return Number.isSafeInteger(value) && Number(value) >= 0 ? String(value) : undefined;
}

/** Whether a text can be an ID: safe in a URL, without spaces, and not what is left of a value that was missing. */
export function isId(text: string): boolean {
	if (text.length > MAX_LENGTH) return false;
	return isSafeId(text) && !LEFTOVER.test(text) && !/\s/.test(text);
}

/** What is wrong with a text as an ID, to follow the parameter's name, and what to do; undefined for an ID. */
export function idFault(text: string): [what: string, help: string] | undefined {
	const isShort = SHORT_NUMBER.test(text);
	if (isId(text) && !isShort) return undefined;
	return [
		isShort ? `is a short number (${text}), not an ID` : 'is not a valid ID',
		"Choose it from the list, or use the ID that TrustPager's Get Many shows.",
	];
}

function idOf(row: IDataObject): unknown {
	const thread = isObject(row.thread) ? row.thread.id : undefined;
	return row.thread_id ?? row.threadId ?? thread ?? row.id;
}
