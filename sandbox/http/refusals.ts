import { apiError, notFound, type ApiError } from '../api/errors';
import type { Operation, Problem } from '../openapi/contract';
import type { SandboxSettings } from '../world/settings';
import { isRecord } from './isRecord';

type RetryAfter = SandboxSettings['retryAfter'];

export function unauthorized(): ApiError {
	return apiError(401, {
		code: 'UNAUTHORIZED',
		message: 'The API key is missing or invalid.',
		fix: 'Send Authorization: Bearer <key>.',
		hint: 'Create keys in Settings → API Keys.',
		headers: { 'www-authenticate': 'Bearer realm="trustpager"' },
		extra: { auth_scheme: 'bearer', docs: 'https://docs.trustpager.com/api/authentication' },
	});
}

export function insufficientScope(scopes: string[]): ApiError {
	return apiError(403, {
		code: 'INSUFFICIENT_SCOPE',
		message: `This key lacks the scope ${scopes.join(', ')}.`,
		fix: `Add ${scopes.join(', ')} to the key in Settings → API Keys.`,
		extra: { required_scopes: scopes },
	});
}

/** The workspace is on the Free plan, which has no API (client guide; the status is not documented). */
export function planRequired(): ApiError {
	return apiError(403, {
		code: 'PLAN_REQUIRED',
		message: 'The API needs a paid plan, and this workspace is on the Free plan.',
		fix: 'Upgrade in Settings → Billing.',
	});
}

/** `seconds`: time until the next request is allowed. */
export function rateLimited(seconds: number, retryAfter: RetryAfter): ApiError {
	const at = new Date(Date.now() + seconds * 1000).toUTCString();
	return apiError(429, {
		code: 'RATE_LIMITED',
		message: 'Too many requests for this key.',
		fix: `Wait ${seconds} seconds.`,
		headers:
			retryAfter === 'none' ? {} : { 'retry-after': retryAfter === 'date' ? at : String(seconds) },
	});
}

/** The answer to a request that breaks the contract; `operation` is undefined for an unknown path. */
export function refusalOf(
	operation: Operation | undefined,
	problems: Problem[],
	body: unknown,
): ApiError {
	if (operation === undefined) return notFound('Path');
	if (problems[0].where === 'json') {
		return apiError(400, {
			code: 'INVALID_BODY',
			message: `The body is not JSON: ${problems[0].text}.`,
			fix: 'Send a JSON object with Content-Type: application/json.',
		});
	}
	if (operation.path.startsWith('/email/configs') && isRecord(body) && 'from_email' in body) {
		return apiError(400, {
			code: 'FROM_EMAIL_NOT_WRITABLE',
			message: 'from_email cannot be written.',
			fix: 'Send from_email_handle, the part before the @.',
		});
	}
	const missing = problems.flatMap((problem) => problem.missing ?? []);
	const onlyMissing = missing.length === problems.length;
	return apiError(400, {
		code: onlyMissing ? 'MISSING_FIELDS' : 'VALIDATION_ERROR',
		message: onlyMissing
			? `Missing required fields: ${missing.join(', ')}.`
			: `Invalid request: ${problems.map(({ where, text }) => `${where} ${text}`).join('; ')}.`,
		fix: 'Correct the fields named above.',
	});
}
