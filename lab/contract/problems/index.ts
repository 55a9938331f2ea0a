import { isSuccess } from '../../../nodes/TrustPager/transport/answer';
import { readPage } from '../../../nodes/TrustPager/transport/paging';
import { textOf } from '../../../nodes/TrustPager/values';
import { bodyOf, type Answers } from '../answers';
import { isRefused } from '../observe/paging';
import { pathOf, type Question } from '../questions';
import { brokenOperations, unfilteredOperations } from './operations';
import { pagingProblems } from './pages';
import { messageProblems, threadProblems } from './rows';

/** What the node asks for itself, apart from attempts at what servers may speak as well: it must be answered. */
const NEEDED = 'capabilities threads thread messages configs logs approvals contacts'.split(' ');
const LISTS = 'threads messages configs logs approvals contacts'.split(' ');
/** Lists of which either name will do. */
const RENAMED = [
	['deals', 'opportunities'],
	['customers', 'companies'],
];

/**
 * What the node cannot cope with, in plain words. Judged by the node's own readers and operations, so that this cannot
 * disagree with what the node does.
 */
export async function problemsOf(
	questions: readonly Question[],
	answers: Answers,
): Promise<string[]> {
	return [
		...refusals(questions, answers),
		...lists(answers),
		...threadProblems(answers),
		...messageProblems(answers),
		...pagingProblems(answers),
		...(await brokenOperations(answers)),
		...(await unfilteredOperations(answers)),
	];
}

function refusals(questions: readonly Question[], answers: Answers): string[] {
	const problems = questions.flatMap((question) => {
		const answer = answers.get(question.name);
		if (answer === undefined || !NEEDED.includes(question.name)) return [];
		const asked = `GET ${pathOf(question)}`;
		if (isRefused(answers, question.name)) return `${asked} is refused (HTTP ${answer.status}).`;
		const isOther = answer.status > 0 && answer.status < 400 && !isSuccess(answer);
		return isOther ? `${asked} is not answered with JSON: is the address right?` : [];
	});
	for (const names of RENAMED) {
		if (names.every((name) => isRefused(answers, name)))
			problems.push(`There is no list of ${names.join(' or ')}.`);
	}
	return problems;
}

function lists(answers: Answers): string[] {
	return [...LISTS, ...RENAMED.flat()].flatMap((name) => {
		const body = bodyOf(answers, name);
		if (body === undefined) return [];
		const { isList, items, cutOff } = readPage(body);
		if (!isList) return `The answer for ${name} holds no list that the node finds.`;
		if (items.some(({ id }) => textOf(id) === undefined)) return `Rows of ${name} have no \`id\`.`;
		return cutOff ? `The list of ${name} says that there is more, but gives no cursor.` : [];
	});
}
