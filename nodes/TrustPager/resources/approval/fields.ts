import type { INodeProperties } from 'n8n-workflow';

export const approvalId: INodeProperties = {
	displayName: 'Approval',
	name: 'approvalId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The request that waits for a decision',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an approval...',
			typeOptions: { searchListMethod: 'searchApprovals', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d',
		},
	],
};
