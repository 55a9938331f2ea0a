import { outputFields, simplify, threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { rowShape } from '../../output/rowShape';
import { furtherThreadFields, simplifyThread } from '../../output/simplify';
import { getOne } from '../../operations/crud';

/**
 * API: GET /email/threads/:id. Two sources disagree on whether the messages are embedded. Where they are, the row that is
 * not simplified has them under `messages`, in whichever of the two places the server puts them.
 */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get thread',
	description: 'Get one email thread by its ID. For its messages use Get Messages.',
	fields: [threadId, simplify, outputFields],
	prepare: (item) =>
		getOne(
			{
				path: '/email/threads/{threadId}',
				pathParameters: { threadId: item.id(threadId) },
				scope: 'email:read',
			},
			{ name: 'thread', shape: rowShape(item, simplifyThread, furtherThreadFields) },
		),
};
