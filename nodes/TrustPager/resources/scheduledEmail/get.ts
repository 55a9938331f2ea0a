import type { Operation } from '../../execution/operation';
import { scheduledEmailId } from './fields';
import { readScheduledEmail } from './pending';

/** API: GET /scheduled-communications/:id (2026-04). */
export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get scheduled email',
	description: 'Get one scheduled email by its ID, with its status and content',
	fields: [scheduledEmailId],
	prepare: (item) => {
		const id = item.id(scheduledEmailId);
		return async ({ client }) => [await readScheduledEmail(client, id)];
	},
};
