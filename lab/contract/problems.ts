import type { IDataObject } from 'n8n-workflow';

import { simplifyMessage, simplifyThread } from '../../nodes/TrustPager/output/simplify';
import { isSuccess } from '../../nodes/TrustPager/transport/answer';
import { readPage } from '../../nodes/TrustPager/transport/paging';
import { readThreadRow } from '../../nodes/TrustPager/trigger/poll/rows';
import { directionOf, readTime } from '../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from './answers';
import { directionFilter, isReadFilter, logStatusFilter } from './observe/filters';
import { hidesMore, isRefused, stepOf } from './observe/paging';
import { pathOf, type Question } from './questions';
import { singleOf } from './speech';

/** What the node asks for itself, apart from attempts at what servers may speak as well: it must be answered. */
const NEEDED = [
	'capabilities',
	'threads',
	'thread',
	'messages',
	'configs',
	'logs',
	'approvals',
	'contacts',
];
const LISTS = ['threads', 'messages', 'configs', 'logs', 'approvals', 'contacts'];
/** Lists of which either name will do. */
const PICKERS = [
	['deals', 'opportunities'],
	['customers', 'companies'],
];

/**
 * What the node cannot cope with, in plain words. Judged by the node's own readers, so that this cannot disagree with what
 * the node does.
 */
export function problemsOf(questions: readonly Question[], answers: Answers): string[] {
	return [
		...unanswered(questions, answers),
		...lists(answers),
		...threads(answers),
		...messages(answers),
		...pages(answers),
		...filters(answers),
	];
}

function unanswered(questions: readonly Question[], answers: Answers): string[] {
	const problems = questions.flatMap((question) => {
		const answer = answers.get(question.name);
		if (answer === undefined || !NEEDED.includes(question.name)) return [];
		const asked = `GET ${pathOf(question)}`;
		if (isRefused(answers, question.name)) return `${asked} is refused (HTTP ${answer.status}).`;
		const isOther = answer.status > 0 && answer.status < 400 && !isSuccess(answer);
		return isOther ? `${asked} is not answered with JSON: is the address right?` : [];
	});
	for (const names of PICKERS) {
		const refused = names.filter((name) => isRefused(answers, name));
		if (refused.length === names.length)
			problems.push(`There is no list of ${names.join(' or ')}.`);
	}
	return problems;
}

function lists(answers: Answers): string[] {
	return [...LISTS, ...PICKERS.flat()].flatMap((name) => {
		const body = bodyOf(answers, name);
		if (body === undefined) return [];
		const page = readPage(body);
		if (!page.isList) return `The answer for ${name} holds no list that the node finds.`;
		if (page.items.length > 0 && page.items.every(({ id }) => typeof id !== 'string'))
			return `Rows of ${name} have no \`id\`.`;
		return page.cutOff ? `The list of ${name} says that there is more, but gives no cursor.` : [];
	});
}

function threads(answers: Answers): string[] {
	const rows = rowsOf(answers, 'threads') ?? [];
	const read = rows.flatMap((row) => readThreadRow(row) ?? []);
	const problems: string[] = [];
	if (read.length > 0 && read.every(({ time }) => time === undefined))
		problems.push('Rows of threads have no `last_message_at` that can be read as a time.');
	if (
		bodyOf(answers, 'thread') !== undefined &&
		!simplifyThread(singleOf(answers, 'thread', 'thread')).id
	)
		problems.push('A single thread has no `id` where the node looks for it.');
	return problems;
}

function messages(answers: Answers): string[] {
	const rows = rowsOf(answers, 'messages') ?? [];
	if (rows.length === 0) return [];
	const problems: string[] = [];
	if (rows.every((row) => directionOf(row) === undefined))
		problems.push('Messages do not say whether they are inbound.');
	if (rows.every(({ created_at: time }) => readTime(time) === undefined))
		problems.push('Messages have no `created_at` that can be read as a time.');
	const inbound = rows.filter((row) => directionOf(row) === 'inbound');
	if (inbound.length === 0) return problems;
	if (!inbound.some((row) => feeds(row, simplifyMessage, 'from_email')))
		problems.push('Inbound messages have no sender under a name that the node knows.');
	if (!inbound.some((row) => feeds(row, simplifyMessage, 'text')))
		problems.push('Inbound messages have no body under a name that the node knows.');
	return problems;
}

/** Whether the node would read `output` from one of the row's fields, empty or not. */
export function feeds(
	row: IDataObject,
	simplify: (row: IDataObject) => IDataObject,
	output: string,
): boolean {
	return Object.keys(row).some((name) => (simplify({ [name]: 'x' })[output] ?? null) !== null);
}

function pages(answers: Answers): string[] {
	const problems: string[] = [];
	if (hidesMore(answers))
		problems.push('A page of threads does not say that there are more, although there are.');
	for (const [what, first, names] of [
		['threads', 'twoThreads', ['threadsAfter', 'threadsCursor', 'threadsBoth']],
		['messages', 'oneMessage', ['messagesBoth']],
		['logs', 'oneLog', ['logsBoth']],
		['contacts', 'oneContact', ['contactsBoth']],
	] as const) {
		const steps = names.map((name) => stepOf(answers, first, name));
		const both = steps[steps.length - 1];
		if (both === 'leads to page 2' || both === 'unknown') continue;
		problems.push(
			steps.includes('leads to page 2')
				? `Page 2 of ${what} is reached with one cursor name only, not with both, as the node sends them.`
				: `No cursor name leads to page 2 of ${what} (${both}).`,
		);
	}
	return problems;
}

function filters(answers: Answers): string[] {
	const effects = {
		"'Is Read' of Thread: Get Many": isReadFilter(answers),
		"'Direction of Last Message' of Thread: Get Many": directionFilter(answers),
		"'Status' of Log: Get Many": logStatusFilter(answers),
	};
	return Object.entries(effects)
		.filter(([, effect]) => effect === 'ignored' || effect === 'refused')
		.map(([name, effect]) => `The filter ${name} is ${effect} by this server.`);
}
