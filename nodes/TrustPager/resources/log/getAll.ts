import type { INodeProperties } from 'n8n-workflow';

import { limit, outputFields, returnAll, simplify } from '../../parameters/fields';
import { LOG_STATUSES } from '../../parameters/emailStatus';
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
			displayName: 'Recipient Email',
			name: 'recipient',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description:
				"Only emails to this address. TrustPager cannot filter by it, so the log is read until the limit is reached: add 'Since' to read less.",
		},
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description:
				"Only emails logged at this time or later, to the second. A time without a time zone is one of the workflow's time zone.",
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: LOG_STATUSES,
			default: 'bounced',
			description: 'Delivery status of the email',
		},
	],
};

/**
 * API: GET /email/logs. Neither order, cursor nor dates are documented (2026-04); cursors in answers are followed.
 * Status: five names in the docs, `blocked` and `complained` in the help center.
 */
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
				filters: readFilters(item.collection(filters), logFilters(item.context.getTimezone())),
				shape: rowShape(item, simplifyLog),
			},
		),
};
