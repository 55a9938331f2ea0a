import type { Answers } from '../answers';
import { hidesMore, stepOf } from '../observe/paging';

/** Lists, the question for their first page, and those for the second: the last of them asks as the node does. */
const LISTS = [
	['threads', 'twoThreads', ['threadsAfter', 'threadsCursor', 'threadsBoth']],
	['messages', 'oneMessage', ['messagesBoth']],
	['logs', 'oneLog', ['logsBoth']],
	['contacts', 'oneContact', ['contactsBoth']],
] as const;

/** Lists whose second page the node cannot reach, or of which it would take the first page for all. */
export function pagingProblems(answers: Answers): string[] {
	const problems = LISTS.flatMap(([list, first, seconds]) => {
		const steps = seconds.map((second) => stepOf(answers, first, second));
		const both = steps[steps.length - 1];
		if (both === 'leads to page 2' || both === 'unknown') return [];
		return steps.includes('leads to page 2')
			? `Page 2 of ${list} is reached with one cursor name alone, not with both, as the node asks.`
			: `No cursor name leads to page 2 of ${list} (${both}).`;
	});
	if (hidesMore(answers))
		problems.push('A page of threads does not say that there are more, although there are.');
	return problems;
}
