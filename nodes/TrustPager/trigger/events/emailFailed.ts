import { logFilters } from '../../operations/filters/logFilters';
import { LOG_STATUSES, statusesBut } from '../../parameters/emailStatus';
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
	statuses: statusesBut(LOG_STATUSES, 'delivered', 'sent'),

	sameAs: { complained: 'spam_complaint' },
	filters: { contactId, customerId, dealId },
	simplified: simplifyLog,
};
