import type { INodeProperties } from 'n8n-workflow';

import { limit, outputFields, returnAll, simplify } from '../../parameters/fields';
import { contactId, dealId } from '../../parameters/linkedFields';
import type { Operation } from '../../execution/operation';
import { rowLimit, rowShape } from '../../output/rowShape';
import { simplifyLog } from '../../output/simplify';
import { getMany } from '../../operations/crud';
import { logFilters } from '../../operations/filters/logFilters';
import { readFilters } from '../../operations/filters/rowFilter';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		contactId('that the email is linked to'),
		dealId('that the email is linked to'),
		{
			displayName: 'Email Type',
			name: 'emailType',
			type: 'string',
			default: '',
			placeholder: 'e.g. manual',
			description:
				'What caused the email to be sent, such as manual, automation or form_submission',
		},
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			options: [
				{ name: 'Gmail', value: 'gmail' },
				{ name: 'TrustPager Mail', value: 'postmark' },
			],
			default: 'gmail',
			description: 'The service that delivered the email',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Bounced', value: 'bounced' },
				{ name: 'Delivered', value: 'delivered' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Sent', value: 'sent' },
				{ name: 'Spam Complaint', value: 'spam_complaint' },
			],
			default: 'bounced',
			description: 'Delivery status of the email',
		},
	],
};

/** API: GET /email/logs. Neither order, cursor nor dates are documented (2026-04); cursors in answers are followed. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many email logs',
	description: 'Get many entries of the email log, with the delivery status of each email',
	fields: [returnAll, limit, filters, simplify, outputFields],
	prepare: (item) =>
		getMany(
			{ path: '/email/logs', scope: 'email:read' },
			{
				limit: rowLimit(item),
				filters: readFilters(item.collection(filters), logFilters),
				shape: rowShape(item, simplifyLog),
			},
		),
};
