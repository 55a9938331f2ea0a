import type { Operation } from '../../execution/operation';
import { scheduledStatus } from '../../output/scheduledRow';
import { scheduledEmailId } from './fields';
import { changePending } from './pending';

/** API: DELETE /scheduled-communications/:id (2026-04): 204, and the row stays with the status `cancelled`. */
export const cancel: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel scheduled email',
	description: 'Cancel a scheduled email that has not been sent yet',
	fields: [scheduledEmailId],
	prepare: (item) => {
		const id = item.id(scheduledEmailId);
		const cancelled = { cancelled: true, id };
		return async (session) => [
			await changePending(session, {
				request: {
					method: 'DELETE',
					path: '/scheduled-communications/{scheduledEmailId}',
					pathParameters: { scheduledEmailId: id },
					notFoundIsSuccess: true,
				},
				id,
				done: () => cancelled,
				queued: { cancelled: false, id },
				alreadyDone: (row) => (scheduledStatus(row) === 'cancelled' ? cancelled : undefined),
			}),
		];
	},
};
