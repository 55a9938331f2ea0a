import { withApprovalId } from '../../output/rows';
import type { Operation } from '../../execution/operation';
import { getOne } from '../../operations/crud';
import { approvalId } from './fields';

/** API: GET /approvals/:id. One source requires no scope, another `approvals:read`, so the server decides. */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get approval',
	description: 'Get one approval by its ID, with its status and the request it is about',
	fields: [approvalId],
	prepare: (item) =>
		getOne(
			{
				path: '/approvals/{approvalId}',
				pathParameters: { approvalId: item.id(approvalId) },
			},
			{ name: 'approval', shape: (rows) => rows.map(withApprovalId) },
		),
};
