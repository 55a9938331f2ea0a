import type { Operation } from '../../execution/operation';
import { getOne } from '../../operations/crud';
import { approvalId } from './fields';

/** API: GET /approvals/:id. No scope by one source, `approvals:read` by another, so the server decides. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get approval',
	description: 'Get one approval with its status and the request that waits',
	fields: [approvalId],
	prepare: (item) =>
		getOne({
			path: '/approvals/{approvalId}',
			pathParameters: { approvalId: item.id(approvalId) },
		}),
};
