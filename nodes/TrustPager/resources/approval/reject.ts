import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { change } from '../../operations/crud';
import { approvalId } from './fields';

const reason: INodeProperties = {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	placeholder: 'e.g. Wrong recipient',
	description: 'Why the request is rejected. Stored with the approval.',
};

/** API: POST /approvals/:id/reject, with an optional reason. */
export const reject: Operation = {
	name: 'Reject',
	value: 'reject',
	action: 'Reject held request',
	description: 'Reject a request that TrustPager holds for a decision. It is then never executed.',
	fields: [approvalId, reason],
	prepare: (item) => {
		const text = item.text(reason);
		return change(
			{
				method: 'POST',
				path: '/approvals/{approvalId}/reject',
				pathParameters: { approvalId: item.id(approvalId) },
				body: text === '' ? undefined : { reason: text },
			},
			'approval',
		);
	},
};
