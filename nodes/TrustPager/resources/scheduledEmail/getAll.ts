import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { getMany } from '../../operations/crud';
import { readFilters } from '../../operations/filters/rowFilter';
import { scheduledFilters } from '../../operations/filters/scheduledFilters';
import { rowLimit, simpleShape } from '../../output/rowShape';
import { isScheduledEmail } from '../../output/scheduledRow';
import { simplifyScheduledEmail } from '../../output/simplify';
import { limit, returnAll, simplify } from '../../parameters/fields';
import { SCHEDULED_STATUSES } from '../../parameters/emailStatus';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		contactId('that the email is linked to'),
		customerId('that the email is linked to'),
		dealId('that the email is linked to'),
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: SCHEDULED_STATUSES,
			default: 'pending',
			description: 'Status of the scheduled email',
		},
	],
};

/** API: GET /scheduled-communications (2026-04), also of SMS and calls. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many scheduled emails',
	description: 'Get many scheduled emails: pending ones, and those that were sent or cancelled',
	fields: [returnAll, limit, filters, simplify],
	prepare: (item) =>
		getMany(
			{
				path: '/scheduled-communications',
				query: { channel: 'email' },
				scope: 'dispatcher:read',
			},
			{
				limit: rowLimit(item),
				filters: readFilters(item.collection(filters), scheduledFilters),
				shape: simpleShape(item, simplifyScheduledEmail),
				keep: isScheduledEmail,
			},
		),
};
