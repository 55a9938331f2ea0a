import { readFailure } from '../../../nodes/TrustPager/transport/apiFailure';
import { SCOPE_OPTIONS } from '../../../nodes/TrustPager/transport/scopes';
import type { Answer, Answers } from '../answers';
import type { Question } from '../questions';

/** `HTTP 404 NOT_FOUND`: the status, and a code that is one; never the server's words. */
export function outcomeOf(answer: Answer): string {
	if (answer.status === 0) return 'no answer';
	const code = codeOf(answer);
	return `HTTP ${answer.status}${code === '' ? '' : ` ${code}`}`;
}

export function codeOf(answer: Answer): string {
	if (answer.status < 300) return '';
	const { code } = readFailure(answer);
	return /^[A-Z_]{3,40}$/.test(code) ? code : '';
}

/** Scopes that the key lacks: those that the server names and this package knows, else the documented one. */
export function missingScopes(questions: readonly Question[], answers: Answers): string[] {
	const missing = questions.flatMap(({ name, scope }) => {
		const answer = answers.get(name);
		if (
			answer?.status !== 403 ||
			['PLAN_REQUIRED', 'INSUFFICIENT_CREDITS'].includes(codeOf(answer))
		)
			return [];
		const named = readFailure(answer).requiredScopes.filter((one) =>
			SCOPE_OPTIONS.some(({ value }) => value === one),
		);
		return named.length > 0 ? named : [scope ?? 'a scope that the server does not name'];
	});
	return [...new Set(missing)].sort();
}

/** Paths without placeholders that do not exist on this server. */
export function missingPaths(questions: readonly Question[], answers: Answers): string[] {
	const paths = questions
		.filter(({ name, path }) => answers.get(name)?.status === 404 && !path.includes('{'))
		.map(({ path }) => path);
	return [...new Set(paths)];
}
