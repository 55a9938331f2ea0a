import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import { approvalId } from './fields';

/** API: POST /approvals/:id/approve. The server executes the request immediately; the answer is not wrapped in `data`. */
export const approve: Operation = {
	name: 'Approve',
	value: 'approve',
	action: 'Approve request',
	description: 'Approve a pending request, which TrustPager then executes immediately',
	fields: [approvalId],
	prepare: (item) =>
		change({
			method: 'POST',
			path: '/approvals/{approvalId}/approve',
			pathParameters: { approvalId: item.id(approvalId) },
		}),
};
