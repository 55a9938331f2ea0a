const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const EMAIL = /^[^\s@,;<>()"]+@[^\s@,;<>()"]+\.[^\s@,;<>()".]+$/;

/** The string formats that the OpenAPI document uses. */
export const formats: Record<string, (text: string) => boolean> = {
	uuid: (text) => UUID.test(text),
	email: isEmail,
	'email-list': (text) => text.split(',').every((address) => isEmail(address.trim())),
	uri: (text) => /^https?:\/\/\S+$/.test(text),
	'date-time': (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
	base64: isBase64,
};

/** One bare address; no display name, no list. */
function isEmail(text: string): boolean {
	return EMAIL.test(text);
}

/** Not one regular expression: on 30 MB of text that overflows the engine's stack. */
function isBase64(text: string): boolean {
	if (text.length % 4 !== 0) return false;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	return !/[^A-Za-z0-9+/]/.test(text.slice(0, text.length - padding));
}
