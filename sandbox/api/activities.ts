import type { ActivityRow } from '../world/rows';
import { COST, requireCredits, spend } from './credits';
import type { Handler } from './handler';
import { existingLinks } from './sending/links';

const createActivity: Handler = ({ body }, world) => {
	const { contactId, customerId, dealId } = existingLinks(world, body);
	requireCredits(world, COST.write);
	const row: ActivityRow = {
		id: world.ids.next('activity'),
		activity_type: String(body.activity_type),
		subject: String(body.subject),
		description: typeof body.description === 'string' ? body.description : null,
		contact_id: contactId ?? null,
		customer_id: customerId ?? null,
		deal_id: dealId ?? null,
		created_at: world.clock.iso(),
	};
	world.store.activities.add(world.store.entry(row));
	return {
		status: world.settings.createdStatus,
		body: { data: row, meta: spend(world, COST.write) },
	};
};

export const activityHandlers = { createActivity };
