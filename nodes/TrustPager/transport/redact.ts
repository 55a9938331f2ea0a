const KEY_LIKE = /\btp_[a-z]+_[A-Za-z0-9_-]{8,}/g;
const BEARER = /\b(Bearer)\s+[^\s"',;]+/gi;
/** Shorter texts are not keys; masking them would tear ordinary words apart. */
const MIN_SECRET_LENGTH = 4;

/** Replaces every secret in a text with asterisks. */
export function mask(text: string, secrets: readonly string[]): string {
	let masked = text;
	for (const secret of secrets) {
		if (masked.includes(secret)) masked = masked.split(secret).join('***');
	}
	return masked;
}

/** The forms in which a server may echo a key: as it is, and as a URL carries it. */
export function secretsOf(apiKey: string): string[] {
	if (apiKey.length < MIN_SECRET_LENGTH) return [];
	const inUrl = new URLSearchParams({ k: apiKey }).toString().slice('k='.length);
	return inUrl === apiKey ? [apiKey] : [apiKey, inUrl];
}

/**
 * Masks every secret in a text that a person, a log or a model may see, other people's keys included, and cuts it to
 * `maxLength` characters. Nothing a server says is shown without passing here.
 */
export function redact(text: string, secrets: readonly string[], maxLength = 1_000): string {
	const masked = mask(text, secrets).replace(KEY_LIKE, '***').replace(BEARER, '$1 ***');
	return masked.length > maxLength ? `${masked.slice(0, maxLength - 1)}…` : masked;
}

/** Deeper than any answer of the API; n8n itself copies and stores data by recursion, which overflows at a few thousand. */
const MAX_DEPTH = 100;
const TOO_DEEP = '(nested too deeply to be shown)';

interface Level {
	container: Record<string, unknown>;
	depth: number;
}

/**
 * Makes a parsed answer safe to work with, in place: masks the API key in every text and name (servers echo what they
 * were sent), drops `__proto__` entries, and replaces what is nested deeper than 100 levels with a text that says so.
 * Uses a list instead of recursion, so that no answer can overflow the stack.
 */
export function clean(body: unknown, secrets: readonly string[]): unknown {
	if (typeof body === 'string') return mask(body, secrets);
	if (typeof body !== 'object' || body === null) return body;
	const levels: Level[] = [{ container: body as Record<string, unknown>, depth: 1 }];
	for (let level = levels.pop(); level; level = levels.pop()) {
		cleanOne(level, levels, secrets);
	}
	return body;
}

function cleanOne({ container, depth }: Level, levels: Level[], secrets: readonly string[]): void {
	for (const name of Object.keys(container)) {
		const value = container[name];
		const shownName = mask(name, secrets);
		if (name === '__proto__' || shownName !== name) delete container[name];
		if (name === '__proto__') continue;
		const kept = cleanValue(value, depth, secrets);
		if (kept !== value || shownName !== name) container[shownName] = kept;
		if (typeof kept === 'object' && kept !== null) {
			levels.push({ container: kept as Record<string, unknown>, depth: depth + 1 });
		}
	}
}

function cleanValue(value: unknown, depth: number, secrets: readonly string[]): unknown {
	if (typeof value === 'string') return mask(value, secrets);
	if (typeof value === 'object' && value !== null && depth >= MAX_DEPTH) return TOO_DEEP;
	return value;
}
