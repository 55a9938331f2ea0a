import type { INodeProperties } from 'n8n-workflow';

import { limit, returnAll } from '../../parameters/fields';
import { withApprovalId } from '../../output/rows';
import type { Operation } from '../../execution/operation';
import { rowLimit } from '../../output/rowShape';
import { getMany } from '../../operations/crud';
import { approvalFilters } from '../../operations/filters/approvalFilters';
import { readFilters } from '../../operations/filters/rowFilter';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Approved', value: 'approved' },
				{ name: 'Executed', value: 'executed' },
				{ name: 'Expired', value: 'expired' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Rejected', value: 'rejected' },
			],
			default: 'pending',
			description: 'Status of the approval. Without this filter, TrustPager returns pending ones.',
		},
	],
};

/** API: GET /approvals; paging is in `meta`. The set of statuses differs between sources and may grow. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many approvals',
	description:
		'Get many approvals: requests that TrustPager holds for a decision, or that have been decided',
	fields: [returnAll, limit, filters],
	prepare: (item) =>
		getMany(
			{ path: '/approvals' },
			{
				limit: rowLimit(item),
				shape: (rows) => rows.map(withApprovalId),
				filters: readFilters(item.collection(filters), approvalFilters),
			},
		),
};
