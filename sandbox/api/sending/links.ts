import type { Links } from '../../world/mail';
import type { World } from '../../world/world';
import { flatError } from '../errors';

const TABLES = { contact: 'contacts', deal: 'deals', customer: 'customers' } as const;

/** The fields that name a linked row in request bodies, with `link_` before them in PATCH /email/threads/:id. */
const FIELDS: Record<string, keyof typeof TABLES> = {
	contact_id: 'contact',
	deal_id: 'deal',
	opportunity_id: 'deal',
	customer_id: 'customer',
	company_id: 'customer',
};

/**
 * The rows that a body links. Throws 400 VALIDATION_ERROR with every one that does not exist, under the field that named
 * it (HC email-send-api-errors).
 */
export function existingLinks(world: World, body: Record<string, unknown>): Links {
	const ids: Partial<Record<keyof typeof TABLES, string>> = {};
	const missing: Array<{ field: string; id: string }> = [];
	for (const [field, id] of Object.entries(body)) {
		const kind = FIELDS[field.replace(/^link_/, '')];
		if (kind === undefined || typeof id !== 'string') continue;
		ids[kind] = id;
		if (world.store[TABLES[kind]].get(id) === undefined) missing.push({ field, id });
	}
	if (missing.length > 0) {
		throw flatError(400, 'VALIDATION_ERROR', { details: { missing_entities: missing } });
	}
	return { contactId: ids.contact, dealId: ids.deal, customerId: ids.customer };
}
