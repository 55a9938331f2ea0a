import type { ApiAnswer } from '../../world/apiTypes';
import type { SandboxSettings } from '../../world/settings';

const EXTRAS = ['docs', 'auth_scheme', 'required_scopes'];

const MESSAGES: Record<string, string> = {
	VALIDATION_ERROR: 'Some linked rows do not exist.',
	EMAIL_DELIVERY_FAILED: 'The email was not delivered.',
	EMAIL_LOG_FAILED: 'The email was delivered, but could not be logged.',
};

/** The error's body with its extras, and the flat errors of sends, where the settings put them. */
export function presentError(
	{ errorExtras, sendErrors }: SandboxSettings,
	{ status, body }: ApiAnswer,
): unknown {
	const { error, ...rest } = body as { error: unknown };
	if (typeof error === 'string') {
		if (sendErrors === 'flat') return body;
		const message = MESSAGES[error] ?? error;
		return { error: { code: error, message, fix: '', hint: '', status, ...rest } };
	}
	if (errorExtras === 'inside') return body;
	const fields = Object.entries(error as Record<string, unknown>);
	const isExtra = ([name]: [string, unknown]) => EXTRAS.includes(name);
	const inside = Object.fromEntries(fields.filter((field) => !isExtra(field)));
	return { error: inside, ...Object.fromEntries(fields.filter(isExtra)) };
}
