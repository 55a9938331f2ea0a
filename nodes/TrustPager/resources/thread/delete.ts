import { threadId } from '../../parameters/fields';
import type { Operation } from '../../execution/operation';
import { remove } from '../../operations/crud';

/** API: DELETE /email/threads/:id (reference generated from the API, 2026). Older servers have no such endpoint. */
export const deleteThread: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete thread',
	description: 'Delete an email thread permanently, with its messages',
	fields: [threadId],
	prepare: (item) => {
		const id = item.id(threadId);
		return remove(
			{
				path: '/email/threads/{threadId}',
				pathParameters: { threadId: id },
				scope: 'email:write',
			},
			id,
		);
	},
};
