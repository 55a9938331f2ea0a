import { DEFAULT_BASE_URL } from '../../nodes/TrustPager/transport/credential';
import type { Answers } from './answers';
import { nearestDialects, type Nearest } from './dialects';
import { missingPaths, missingScopes, outcomeOf } from './observe/access';
import { mailTools, type Tool } from './observe/tools';
import { problemsOf } from './problems';
import { pathOf, type Question } from './questions';
import { resourcesOf, type Resource } from './resources';
import { traitsOf, type Trait } from './speech';

/** All that is shown and written: names, types and judgements, nothing of the account's data. */
export interface Findings {
	server: 'the default address' | 'another address';
	/** Each question with its outcome: a status, or why it was not asked. */
	asked: Array<{ path: string; outcome: string }>;
	traits: Trait[];
	resources: Resource[];
	tools: Tool[];
	missingScopes: string[];
	missingPaths: string[];
	/** What the node cannot cope with; empty: it copes. */
	problems: string[];
	/** Paths that the server failed to answer, so that nothing is known about them. */
	unanswered: string[];
	nearest: Nearest;
}

/** Judges the answers to some questions. Sends nothing. */
export async function findingsOf(
	baseUrl: string,
	questions: readonly Question[],
	answers: Answers,
): Promise<Findings> {
	const asked = questions.map((question) => {
		const answer = answers.get(question.name);
		const without = `skipped: ${question.without ?? 'not asked any more'}`;
		return { path: pathOf(question), outcome: answer ? outcomeOf(answer) : without };
	});
	const traits = traitsOf(answers);
	return {
		server: baseUrl === DEFAULT_BASE_URL ? 'the default address' : 'another address',
		asked,
		traits,
		resources: resourcesOf(answers),
		tools: mailTools(answers),
		missingScopes: missingScopes(questions, answers),
		missingPaths: missingPaths(questions, answers),
		problems: await problemsOf(questions, answers),
		unanswered: questions.filter(({ name }) => isFailure(answers, name)).map((one) => pathOf(one)),
		nearest: nearestDialects(traits),
	};
}

function isFailure(answers: Answers, name: string): boolean {
	const status = answers.get(name)?.status;
	return (
		status !== undefined && (status === 0 || status >= 500 || [402, 408, 429].includes(status))
	);
}
