import type { INodeProperties } from 'n8n-workflow';

import { limit, outputFields, returnAll, simplify, threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { rowLimit, rowShape } from '../../output/rowShape';
import { simplifyMessage } from '../../output/simplify';
import { getMany } from '../../operations/crud';
import { directionOf } from '../../values';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'inbound', description: 'Mail to you' },
				{ name: 'Outbound', value: 'outbound', description: 'Mail from you' },
			],
			default: 'inbound',
			description: 'Return only received messages or only sent ones',
		},
	],
};

/** API: GET /email/threads/:id/messages, chronological. It has no filter, so the direction is filtered here. */
export const getMessages: Operation = {
	name: 'Get Messages',
	value: 'getMessages',
	action: 'Get messages in thread',
	description: 'Get the messages of one email thread, oldest first',
	fields: [threadId, returnAll, limit, filters, simplify, outputFields],
	prepare: (item) => {
		const thread = item.id(threadId);
		const direction = item.collection(filters).choice('direction');
		return getMany(
			{
				path: '/email/threads/{threadId}/messages',
				pathParameters: { threadId: thread },
				scope: 'email:read',
			},
			{
				limit: rowLimit(item),
				shape: rowShape(item, (message) => simplifyMessage(message, thread)),
				keep: direction ? (message) => directionOf(message) === direction : undefined,
			},
		);
	},
};
