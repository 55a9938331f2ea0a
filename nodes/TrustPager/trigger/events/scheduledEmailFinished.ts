import { scheduledFilters } from '../../operations/filters/scheduledFilters';
import { isScheduledEmail } from '../../output/scheduledRow';
import { simplifyScheduledEmail } from '../../output/simplify';
import { SCHEDULED_STATUSES, statusesBut } from '../../parameters/emailStatus';
import type { RowEvent } from './event';

const { contactId, customerId, dealId } = scheduledFilters;

/**
 * API: rows of GET /scheduled-communications (2026-04). `updated_at` tells when an email was cancelled, but may change
 * afterwards.
 */
export const scheduledEmailFinished: RowEvent = {
	value: 'scheduledEmailFinished',
	noun: 'scheduled email that is finished',
	path: '/scheduled-communications',
	query: { channel: 'email' },
	scope: 'dispatcher:read',
	statuses: statusesBut(SCHEDULED_STATUSES, 'dispatching', 'pending'),

	sameAs: { canceled: 'cancelled' },
	filters: { contactId, customerId, dealId },
	counts: isScheduledEmail,
	lastingTimes: (row) => [row.scheduled_for, row.last_attempt_at, row.dispatched_at],
	reachedAt: (row) => row.dispatched_at ?? row.updated_at,
	simplified: simplifyScheduledEmail,
};
