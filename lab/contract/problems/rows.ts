import type { IDataObject } from 'n8n-workflow';

import { simplifyMessage, simplifyThread } from '../../../nodes/TrustPager/output/simplify';
import { readThreadRow } from '../../../nodes/TrustPager/trigger/poll/rows';
import { directionOf, readTime } from '../../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from '../answers';
import { singleOf } from '../speech';

/** What the trigger and Thread: Get need of threads and do not find. */
export function threadProblems(answers: Answers): string[] {
	const read = (rowsOf(answers, 'threads') ?? []).flatMap((row) => readThreadRow(row) ?? []);
	const hasThread = bodyOf(answers, 'thread') !== undefined;
	return failing([
		[
			read.length > 0 && read.every(({ time }) => time === undefined),
			'Rows of threads have no `last_message_at` that can be read as a time.',
		],
		[
			hasThread && !simplifyThread(singleOf(answers, 'thread', 'thread')).id,
			'A single thread has no `id` where the node looks for it.',
		],
	]);
}

/** What the trigger, replies and 'Simplify' need of messages and do not find. */
export function messageProblems(answers: Answers): string[] {
	const rows = rowsOf(answers, 'messages') ?? [];
	const inbound = rows.filter((row) => directionOf(row) === 'inbound');
	const lacks = (some: IDataObject[], output: string) =>
		some.length > 0 && !some.some((row) => feeds(row, output));
	return failing([
		[
			rows.some((row) => directionOf(row) === undefined),
			'Messages do not say whether they are inbound.',
		],
		[
			rows.length > 0 && rows.every(({ created_at: time }) => readTime(time) === undefined),
			'Messages have no `created_at` that can be read as a time.',
		],
		[
			lacks(inbound, 'from_email'),
			'Inbound messages have no sender under a name that the node knows.',
		],
		[lacks(inbound, 'text'), 'Inbound messages have no body under a name that the node knows.'],
	]);
}

/** Whether 'Simplify' would read `output` from one of the message's fields, empty or not in this message. */
function feeds(message: IDataObject, output: string): boolean {
	const names = Object.keys(message);
	return names.some((name) => (simplifyMessage({ [name]: 'x' })[output] ?? null) !== null);
}

function failing(checks: Array<[isProblem: boolean, problem: string]>): string[] {
	return checks.flatMap(([isProblem, problem]) => (isProblem ? problem : []));
}
