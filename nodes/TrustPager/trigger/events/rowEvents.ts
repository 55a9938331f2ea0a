import { approvalDecided } from './approvalDecided';
import { emailFailed } from './emailFailed';
import type { RowEvent } from './event';
import { scheduledEmailFinished } from './scheduledEmailFinished';

/** The events other than a message, by their values. */
export const rowEvents: Readonly<Record<string, RowEvent | undefined>> = {
	approvalDecided,
	emailFailed,
	scheduledEmailFinished,
};
