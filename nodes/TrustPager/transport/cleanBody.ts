import { mask } from './redact';

/** Deeper than any answer of the API; n8n itself copies and stores data by recursion, which overflows at a few thousand. */
const DEEPEST = 100;
const TOO_DEEP = '(nested too deeply to be shown)';

interface Place {
	container: Record<string, unknown>;
	depth: number;
}

/**
 * Makes a parsed answer safe to work with, in place: takes the API key out of every text and name (servers echo what
 * they were sent), drops `__proto__` entries, and replaces what is nested deeper than 100 levels by a text saying so.
 * Walks with a list instead of recursion, so that no answer can overflow the stack.
 */
export function clean(body: unknown, secrets: readonly string[]): unknown {
	if (typeof body === 'string') return mask(body, secrets);
	if (typeof body !== 'object' || body === null) return body;
	const places: Place[] = [{ container: body as Record<string, unknown>, depth: 1 }];
	for (let place = places.pop(); place; place = places.pop()) {
		cleanOne(place, places, secrets);
	}
	return body;
}

function cleanOne({ container, depth }: Place, places: Place[], secrets: readonly string[]): void {
	for (const name of Object.keys(container)) {
		const value = container[name];
		const shownName = mask(name, secrets);
		if (name === '__proto__' || shownName !== name) delete container[name];
		if (name === '__proto__') continue;
		const kept = cleanValue(value, depth, secrets);
		if (kept !== value || shownName !== name) container[shownName] = kept;
		if (typeof kept === 'object' && kept !== null) {
			places.push({ container: kept as Record<string, unknown>, depth: depth + 1 });
		}
	}
}

function cleanValue(value: unknown, depth: number, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return mask(value, secrets);
	if (typeof value === 'object' && value !== null && depth >= DEEPEST) return TOO_DEEP;
	return value;
}
