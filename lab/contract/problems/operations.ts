import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../nodes/TrustPager/execution/operation';
import { getAll as getApprovals } from '../../../nodes/TrustPager/resources/approval/getAll';
import { getAll as getConfigs } from '../../../nodes/TrustPager/resources/config/getAll';
import { getCapabilities } from '../../../nodes/TrustPager/resources/email/getCapabilities';
import { getAll as getLogs } from '../../../nodes/TrustPager/resources/log/getAll';
import { get as getThread } from '../../../nodes/TrustPager/resources/thread/get';
import { getAll as getThreads } from '../../../nodes/TrustPager/resources/thread/getAll';
import { getMessages } from '../../../nodes/TrustPager/resources/thread/getMessages';
import { textOf } from '../../../nodes/TrustPager/values';
import { bodyOf, rowsOf, type Answers } from '../answers';
import { isRefused } from '../observe/paging';
import { rehearse } from '../rehearsal';

const THREAD_ID: IDataObject = { threadId: { __rl: true, mode: 'id', value: 'thread' } };

const OPERATIONS: Array<[title: string, operation: Operation, question: string]> = [
	['Thread: Get Many', getThreads, 'threads'],
	['Thread: Get', getThread, 'thread'],
	['Thread: Get Messages', getMessages, 'messages'],
	['Config: Get Many', getConfigs, 'configs'],
	['Log: Get Many', getLogs, 'logs'],
	['Approval: Get Many', getApprovals, 'approvals'],
	['Email: Get Capabilities', getCapabilities, 'capabilities'],
];

/** Operations that fail on what this server answers. */
export async function brokenOperations(answers: Answers): Promise<string[]> {
	const problems: string[] = [];
	for (const [title, operation, question] of OPERATIONS) {
		const body = bodyOf(answers, question);
		if (body === undefined) continue;
		const limit = Math.max(1, rowsOf(answers, question)?.length ?? 1);
		const isRead = await rehearse(operation, { ...THREAD_ID, limit }, body).then(
			() => true,
			() => false,
		);
		if (!isRead) problems.push(`${title} fails on this server's answer.`);
	}
	return problems;
}

interface Filter {
	title: string;
	operation: Operation;
	filters: IDataObject;
	/** The question that has asked the same. */
	question: string;
	isUnwanted: (row: IDataObject) => boolean;
}

const FILTERS: Filter[] = [
	...[true, false].map((isRead) => ({
		title: "'Read Status' of Thread: Get Many",
		operation: getThreads,
		filters: { isRead },
		question: isRead ? 'isReadTrue' : 'isReadFalse',
		isUnwanted: ({ is_read: value }: IDataObject) => value === !isRead,
	})),
	{
		title: "'Direction of Last Message' of Thread: Get Many",
		operation: getThreads,
		filters: { direction: 'inbound' },
		question: 'directionInbound',
		isUnwanted: (row) => textOf(row.last_message_direction)?.toLowerCase() === 'outbound',
	},
	{
		title: "'Status' of Log: Get Many",
		operation: getLogs,
		filters: { status: 'sent' },
		question: 'logsSent',
		isUnwanted: ({ status }) => (textOf(status)?.toLowerCase() ?? 'sent') !== 'sent',
	},
];

/** Filters that the server refuses, or ignores without the node's output being right all the same. */
export async function unfilteredOperations(answers: Answers): Promise<string[]> {
	const problems = new Set<string>();
	for (const { title, operation, filters, question, isUnwanted } of FILTERS) {
		if (isRefused(answers, question)) problems.add(`The filter ${title} is refused.`);
		const rows = rowsOf(answers, question);
		if (rows === undefined) continue;
		const parameters = { filters, simplify: false, returnAll: true };
		// Without paging: the node is judged by these rows, not by whether it gets more.
		const output = await rehearse(operation, parameters, { data: rows }).catch(() => []);
		if (output.some(isUnwanted)) problems.add(`The filter ${title} has no effect.`);
	}
	return [...problems];
}
