import type { Operation } from '../../execution/operation';
import { changeOnce } from '../../operations/atMostOnce/changeOnce';
import { unwrap } from '../../transport/answer';
import { approvalId } from './fields';
import { readExecution } from './readExecution';

/** API: POST /approvals/:id/approve. The server executes the request immediately; the answer is not wrapped in `data`. */
export const approve: Operation = {
	name: 'Approve',
	value: 'approve',
	action: 'Approve held request',
	description:
		'Approve a request that TrustPager holds for a decision, such as an email from a key that needs approval. TrustPager executes it immediately.',
	builderHint: {
		propertyHint:
			'Only after a person has decided, never right after the node that made the request.',
	},
	fields: [approvalId],
	prepare: (item) => {
		const pathParameters = { approvalId: item.id(approvalId) };
		return async (session) => [
			await changeOnce(
				session,
				{ method: 'POST', path: '/approvals/{approvalId}/approve', pathParameters },
				(data) => readExecution(unwrap(data, 'approval')),
			),
		];
	},
};
