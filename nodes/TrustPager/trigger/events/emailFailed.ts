import { logFilters } from '../../operations/filters/logFilters';
import { simplifyLog } from '../../output/simplify';
import type { RowEvent } from './event';

const { contactId, customerId, dealId } = logFilters('UTC');

/** API: a row of GET /email/logs has no time but `created_at`, when the email was sent. */
export const emailFailed: RowEvent = {
	value: 'emailFailed',
	noun: 'failed email',
	path: '/email/logs',
	scope: 'email:read',
	newestFirstBy: 'created_at',
	statuses: [
		{
			name: 'Blocked',
			value: 'blocked',
			description: 'TrustPager did not send it: the recipient is suppressed',
		},
		{ name: 'Bounced', value: 'bounced' },
		{
			name: 'Complained',
			value: 'complained',
			description: 'The same as Spam Complaint, under the other name that TrustPager has for it',
		},
		{ name: 'Failed', value: 'failed' },
		{ name: 'Spam Complaint', value: 'spam_complaint' },
	],
	sameAs: { complained: 'spam_complaint' },
	filters: { contactId, customerId, dealId },
	simplified: simplifyLog,
};
