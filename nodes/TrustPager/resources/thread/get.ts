import { outputFields, simplify, threadId } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { wantedShape } from '../../shared/read';
import { simplifyThread } from '../../shared/simplify';
import { getOne } from '../../transport/work';

/** API: GET /email/threads/:id. Whether the messages are embedded is told differently by two sources. */
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
			wantedShape(item, simplifyThread),
		),
};
