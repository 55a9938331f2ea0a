import type { ApiAnswer } from '../world/apiTypes';

/** An error answer of the API; thrown by handlers and checks, and returned as the answer by `answerOf`. */
export class ApiError extends Error {
	constructor(
		readonly answer: ApiAnswer,
		/** Set when the request itself broke the contract, so that it counts as a violation. */
		readonly problems: string[] = [],
	) {
		super(JSON.stringify(answer.body));
	}
}

interface ErrorText {
	code: string;
	message: string;
	fix: string;
	hint?: string;
	headers?: Record<string, string>;
	/** Further fields beside `code` (docs, required_scopes, ...). */
	extra?: Record<string, unknown>;
}

/** The API's standard error shape (D04 Errors page). */
export function apiError(status: number, text: ErrorText, problems: string[] = []): ApiError {
	const { code, message, fix, hint = '', headers, extra } = text;
	const body = { error: { code, message, fix, hint, status, ...extra } };
	return new ApiError({ status, headers, body }, problems);
}

/** The second, flat error shape (HC email-send-api-errors): `error` is a string. */
export function flatError(status: number, code: string, rest: Record<string, unknown>): ApiError {
	return new ApiError({ status, body: { error: code, ...rest } });
}

/** 404 for a row or path that does not exist. */
export function notFound(what: string): ApiError {
	return apiError(404, {
		code: 'NOT_FOUND',
		message: `${what} not found in this workspace.`,
		fix: 'Check the ID.',
		hint: 'An ID of another workspace is not visible to this key.',
		headers: { link: '<https://docs.trustpager.com/api/errors>; rel="help"' },
		extra: { docs: 'https://docs.trustpager.com/api/errors' },
	});
}

/** 400 VALIDATION_ERROR; with `problems` it also counts as a violation of the contract. */
export function invalid(message: string, fix: string, problems: string[] = []): ApiError {
	return apiError(400, { code: 'VALIDATION_ERROR', message, fix }, problems);
}
