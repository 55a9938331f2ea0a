const KEY_LIKE = /\btp_[a-z]+_[A-Za-z0-9_-]{8,}/g;
const BEARER = /\b(Bearer)\s+[^\s"',;]+/gi;

/**
 * Takes every secret out of a text that a person, a log or a model may see, and cuts it to `most` characters.
 * Servers echo what they were sent; nothing they say is shown without passing here.
 */
export function redact(text: string, secrets: readonly string[], most = 1_000): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length >= 4) clean = clean.split(secret).join('***');
	}
	clean = clean.replace(KEY_LIKE, '***').replace(BEARER, '$1 ***');
	return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
