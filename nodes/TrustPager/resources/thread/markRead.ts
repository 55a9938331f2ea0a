import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { idsOf } from '../../parameters/people';
import { markAllUnread } from './markAllUnread';
import { markInChunks } from './markInChunks';

const target: INodeProperties = {
	displayName: 'Target',
	name: 'target',
	type: 'options',
	options: [
		{
			name: 'All Unread Threads',
			value: 'allUnread',
			description: 'Every unread thread in the workspace',
		},
		{
			name: 'Threads by ID',
			value: 'selected',
			description: 'The threads with the given IDs, such as those of the node before',
		},
		{
			name: 'Threads From List',
			value: 'fromList',
			description: 'The threads that you choose here',
		},
	],
	default: 'selected',
	description: 'Which threads to mark as read',
};

const threads: INodeProperties = {
	displayName: 'Thread Names or IDs',
	name: 'threads',
	type: 'multiOptions',
	allowArbitraryValues: true,
	typeOptions: { loadOptionsMethod: 'newestThreads' },
	displayOptions: { show: { target: ['fromList'] } },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

const threadIds: INodeProperties = {
	displayName: 'Thread IDs',
	name: 'threadIds',
	type: 'string',
	required: true,
	displayOptions: { show: { target: ['selected'] } },
	default: '',
	placeholder: 'e.g. 5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f',
	description: 'Comma-separated IDs, or an array of IDs from an expression. Any number is allowed.',
	builderHint: {
		propertyHint:
			'To mark the threads of all items at once, give an expression that maps $input.all() to their IDs, and set executeOnce on the node. For the thread of a message, its thread_id.',
	},
};

/** API: POST /email/threads/mark-read, with 1 to 100 IDs or `all`. */
export const markRead: Operation = {
	name: 'Mark as Read',
	value: 'markRead',
	action: 'Mark threads as read',
	description: 'Mark any number of email threads, or all unread ones, as read',
	fields: [target, threadIds, threads],
	prepare: (item) => {
		const chosen = item.choice(target);
		if (chosen === 'allUnread') return markAllUnread;
		const field = chosen === 'fromList' ? threads : threadIds;
		const ids = idsOf(item.value(field));
		if (ids.length === 0) {
			throw item.refuse(
				field,
				'is empty',
				"Give at least one thread, or set 'Target' to 'All Unread Threads'.",
			);
		}
		return markInChunks(ids);
	},
};
