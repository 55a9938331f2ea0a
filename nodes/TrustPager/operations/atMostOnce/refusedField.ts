import { readFailure } from '../../transport/apiFailure';
import type { ApiAnswer } from '../../transport/types';
import { isObject } from '../../values';

const MAX_DEPTH = 8;

/**
 * Whether the server refused a value of an email before it did anything. Never for codes about the email itself, which
 * EMAIL_LOG_FAILED says was sent, nor when the answer has a message ID.
 */
export function refusesValue(answer: ApiAnswer): boolean {
	if (![400, 422].includes(answer.status) || answer.afterAmbiguous) return false;
	const { code, messageId } = readFailure(answer);
	return !code.startsWith('EMAIL_') && messageId === undefined;
}

/**
 * Whether an answer names a field, in its texts or as a key: `'cc' must be an array`, `body.cc`, `{ field: 'cc' }`,
 * `{ path: ['cc'] }`, `{ fieldErrors: { cc: […] } }`. Not as a part of another word (`bcc`), of an address or a URL, nor
 * an entry of it (`cc[0]`, `['cc', 0]`), which says that the form is right. A gateway's page names nothing.
 */
export function namesField(body: unknown, field: string): boolean {
	const name = new RegExp(`(?<![a-z0-9_])${field}(?![a-z0-9_]|[.[/]\\d)`, 'i');
	const names = (text: string) => name.test(text.replace(/\S*(@|:\/\/)\S*/g, ' '));
	const isNamed = (value: unknown, depth: number): boolean => {
		if (depth > MAX_DEPTH) return false;
		if (typeof value === 'string') return names(value);
		if (Array.isArray(value)) {
			return value.some(
				(entry, index) => typeof value[index + 1] !== 'number' && isNamed(entry, depth + 1),
			);
		}
		if (!isObject(value)) return false;
		return Object.entries(value).some(
			([key, entry]) => (names(key) && hasContent(entry)) || isNamed(entry, depth + 1),
		);
	};
	const isPage = typeof body === 'string' && /<[a-z!]/i.test(body);
	return !isPage && isNamed(body, 0);
}

function hasContent(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return false;
	return !Array.isArray(value) || value.length > 0;
}
