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
		{ name: 'Selected Threads', value: 'selected', description: 'The threads with the given IDs' },
	],
	default: 'selected',
	description: 'Which threads to mark as read',
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
};

/** API: POST /email/threads/mark-read, with 1 to 100 IDs or `all`. */
export const markRead: Operation = {
	name: 'Mark as Read',
	value: 'markRead',
	action: 'Mark threads as read',
	description: 'Mark any number of email threads, or all unread ones, as read',
	fields: [target, threadIds],
	prepare: (item) => {
		if (item.choice(target) === 'allUnread') {
			return markAllUnread;
		}
		const ids = idsOf(item.value(threadIds));
		if (ids.length === 0) {
			throw item.refuse(
				threadIds,
				'is empty',
				"Give at least one ID, or set 'Target' to 'All Unread Threads'.",
			);
		}
		return markInChunks(ids);
	},
};
