import { isObject } from '../../nodes/TrustPager/values';
import { isPlain, MASKED, VOCABULARY } from './names';

/** A field of the rows of one resource, without any of its values. */
export interface Field {
	/** `participants[].email`; `*` for names that may be data. */
	path: string;
	/** JSON types that occurred, `array` and `null` included, in alphabetical order. */
	types: string[];
}

const MAX_DEPTH = 5;
/** The largest row of the documents has 20. */
const MOST_FIELDS = 80;

/**
 * The fields of rows, in alphabetical order.
 *
 * The names of a row's own fields are shown when they are plain identifiers. Names further down, and all names of what looks
 * like a map, are shown only when their meaning is public: there, people's data may be the names.
 */
export function fieldsOf(rows: readonly unknown[]): Field[] {
	const found = new Map<string, Set<string>>();
	for (const row of rows) if (isObject(row)) walkObject(row, '', 0, found);
	return [...found]
		.map(([path, types]) => ({ path, types: [...types].sort() }))
		.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether names may be entries rather than fields: not all are identifiers, none is a public one, or there are too many. */
function isLikeAMap(names: string[]): boolean {
	const isPublic = names.some((name) => VOCABULARY.has(name));
	return !isPublic || names.length > MOST_FIELDS || !names.every(isPlain);
}

function walkObject(
	value: Record<string, unknown>,
	path: string,
	depth: number,
	found: Map<string, Set<string>>,
): void {
	const isMap = isLikeAMap(Object.keys(value));
	for (const [name, member] of Object.entries(value)) {
		const isShown = VOCABULARY.has(name) || (depth === 0 && !isMap);
		walk(member, `${path}${isShown ? name : MASKED}`, depth, found, isShown);
	}
}

function walk(
	value: unknown,
	path: string,
	depth: number,
	found: Map<string, Set<string>>,
	isOpen: boolean,
): void {
	const types = found.get(path) ?? new Set();
	found.set(path, types.add(typeOf(value)));
	if (!isOpen || depth >= MAX_DEPTH) return;
	if (Array.isArray(value)) {
		for (const item of value) walk(item, `${path}[]`, depth + 1, found, true);
	} else if (isObject(value)) {
		walkObject(value, `${path}.`, depth + 1, found);
	}
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
