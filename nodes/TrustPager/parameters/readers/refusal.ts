import { readSingleLine } from './singleLine';

const MAX_ENTRY = 80;

/** A value that cannot be read, in two parts of an error: `'CC' <refused>: <entry>`. */
export interface Refusal {
	/** What is wrong, as it continues after the parameter's name: “is not an email address (no @)”. */
	refused: string;
	/** The entry that is wrong, on one line of at most 80 characters. '' when there is nothing to show. */
	entry: string;
}

export function refuse(refused: string, entry: unknown): Refusal {
	// Four times the length leaves enough where much of it shows nothing.
	const characters = [...readSingleLine(shown(entry).slice(0, MAX_ENTRY * 4))];
	if (characters.length <= MAX_ENTRY) return { refused, entry: characters.join('') };
	return { refused, entry: `${characters.slice(0, MAX_ENTRY - 1).join('')}…` };
}

/** The text of an error for it, as it continues after the parameter's name. */
export function refusalText({ refused, entry }: Refusal): string {
	return entry === '' ? refused : `${refused}: ${entry}`;
}

export function isRefusal(result: object): result is Refusal {
	return 'refused' in result;
}

function shown(entry: unknown): string {
	if (typeof entry === 'string') return entry;
	if (['number', 'boolean', 'bigint', 'undefined'].includes(typeof entry)) return String(entry);
	try {
		return JSON.stringify(entry) ?? typeof entry;
	} catch {
		// Circular, or an object whose own methods fail.
		return typeof entry;
	}
}
