import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { getMany } from '../../operations/crud';
import { readFilters } from '../../operations/filters/rowFilter';
import { scheduledFilters } from '../../operations/filters/scheduledFilters';
import { rowLimit, simpleShape } from '../../output/rowShape';
import { isScheduledEmail } from '../../output/scheduledRow';
import { simplifyScheduledEmail } from '../../output/simplify';
import { limit, returnAll, simplify } from '../../parameters/fields';
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
			options: [
				{ name: 'Cancelled', value: 'cancelled' },
				{ name: 'Dispatched', value: 'dispatched', description: 'Sent' },
				{ name: 'Dispatching', value: 'dispatching', description: 'Being sent' },
				{ name: 'Failed', value: 'failed', description: 'Given up after three tries' },
				{ name: 'Pending', value: 'pending', description: 'Not due yet, or to be tried again' },
				{
					name: 'Skipped',
					value: 'skipped',
					description: 'Not sent, because the recipient is suppressed',
				},
			],
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
