const KEY_LIKE = /\btp_[a-z]+_[A-Za-z0-9_-]{8,}/g;
const BEARER = /\b(Bearer)\s+[^\s"',;]+/gi;
/** Shorter ones are no keys; masking them would tear ordinary words apart. */
const SHORTEST_SECRET = 4;

/** Replaces every secret in a text; the text is the same when it has none. */
export function mask(text: string, secrets: readonly string[]): string {
	let clean = text;
	for (const secret of secrets) {
		if (clean.includes(secret)) clean = clean.split(secret).join('***');
	}
	return clean;
}

/** The shapes in which a server may echo a key: as it is, and as a URL carries it. */
export function secretsOf(apiKey: string): string[] {
	if (apiKey.length < SHORTEST_SECRET) return [];
	const inUrl = new URLSearchParams({ k: apiKey }).toString().slice('k='.length);
	return inUrl === apiKey ? [apiKey] : [apiKey, inUrl];
}

/**
 * Takes every secret out of a text that a person, a log or a model may see, keys of others included, and cuts it to
 * `most` characters. Nothing a server says is shown without passing here.
 */
export function redact(text: string, secrets: readonly string[], most = 1_000): string {
	const clean = mask(text, secrets).replace(KEY_LIKE, '***').replace(BEARER, '$1 ***');
	return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
