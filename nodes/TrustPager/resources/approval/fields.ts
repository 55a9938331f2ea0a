import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../parameters/locator';

export const approvalId: INodeProperties = {
	...locator({
		displayName: 'Approval',
		name: 'approvalId',
		description: 'The approval request to work on',
		noun: 'an approval',
		search: 'searchApprovals',
		example: '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
	}),
	required: true,
};
