import { outputFields, simplify, threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { rowShape } from '../../output/rowShape';
import { simplifyThread } from '../../output/simplify';
import { getOne } from '../../operations/crud';

/** API: GET /email/threads/:id. Two sources disagree on whether the messages are embedded. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get thread',
	description: 'Get one email thread by its ID, without its messages',
	fields: [threadId, simplify, outputFields],
	prepare: (item) =>
		getOne(
			{
				path: '/email/threads/{threadId}',
				pathParameters: { threadId: item.id(threadId) },
				scope: 'email:read',
			},
			{ name: 'thread', shape: rowShape(item, simplifyThread) },
		),
};
