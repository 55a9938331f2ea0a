import type { INodeProperties } from 'n8n-workflow';

import { threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Is Read',
			name: 'isRead',
			type: 'boolean',
			default: true,
			description: 'Whether the thread is marked as read',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Archived', value: 'archived' },
				{ name: 'Spam', value: 'spam' },
			],
			default: 'archived',
			description: 'New status of the thread',
		},
	],
};

/** API: PATCH /email/threads/:id. The answer holds a part of the thread only. */
export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update thread',
	description: 'Mark one email thread as read or unread, archive it, or move it to spam',
	fields: [threadId, updateFields],
	prepare: (item) => {
		const changes = item.collection(updateFields);
		if (changes.isEmpty) throw item.refuse(updateFields, 'is empty', 'Add at least one field.');
		return change(
			{
				method: 'PATCH',
				path: '/email/threads/{threadId}',
				pathParameters: { threadId: item.id(threadId) },
				body: changes.allToApi(),
				scope: 'email:write',
				kind: 'idempotentWrite',
			},
			'thread',
		);
	},
};
