import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import { approvalId } from './fields';

/** API: POST /approvals/:id/approve. Carries the waiting request out at once; the answer is not wrapped in `data`. */
export const approve: Operation = {
	name: 'Approve',
	value: 'approve',
	action: 'Approve request',
	description: 'Approve a waiting request, which TrustPager then carries out at once',
	fields: [approvalId],
	prepare: (item) =>
		change({
			method: 'POST',
			path: '/approvals/{approvalId}/approve',
			pathParameters: { approvalId: item.id(approvalId) },
		}),
};
