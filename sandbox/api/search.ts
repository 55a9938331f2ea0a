import type { Handler } from './handler';

interface Hit {
	entity_type: 'contact' | 'deal' | 'customer';
	entity_id: string;
	display_name: string;
	subtitle: string | null;
	rank: number;
}

/** POST /search (§6): substring match on names, addresses and statuses, best match first. */
export const search: Handler = ({ body }, world) => {
	const wanted = String(body.query).trim().toLowerCase();
	const limit = (body.limit as number | undefined) ?? 25;
	const { contacts, deals, customers } = world.store;
	const hits: Hit[] = [];
	const offer = (
		entity_type: Hit['entity_type'],
		entity_id: string,
		display_name: string,
		subtitle: string | null,
	) => {
		const rank = rankOf(wanted, display_name, subtitle);
		if (rank > 0) hits.push({ entity_type, entity_id, display_name, subtitle, rank });
	};
	for (const { id, row } of contacts.sorted('oldest')) {
		offer('contact', id, [row.first_name, row.last_name].filter(Boolean).join(' '), row.email);
	}
	for (const { id, row } of deals.sorted('oldest')) offer('deal', id, row.name, row.status);
	for (const { id, row } of customers.sorted('oldest')) offer('customer', id, row.name, row.email);
	hits.sort((left, right) => right.rank - left.rank);
	return { status: 200, body: { data: hits.slice(0, limit) } };
};

function rankOf(wanted: string, name: string, subtitle: string | null): number {
	const text = name.toLowerCase();
	if (text === wanted) return 1;
	if (text.startsWith(wanted)) return 0.9;
	if (text.includes(wanted)) return 0.7;
	return subtitle?.toLowerCase().includes(wanted) ? 0.5 : 0;
}
