import type { ApiRequest } from '../../world/apiTypes';
import type { Order } from '../../world/orderedRows';
import type { World } from '../../world/world';
import { invalid } from '../errors';

const ORDERS: Record<string, Record<'asc' | 'desc', Order>> = {
	last_message_at: { asc: 'oldest', desc: 'newest' },
	created_at: { asc: 'created', desc: 'createdNewest' },
};

/** Fields that a list can be sorted by; the first one when `sort` names none. */
const SORTABLE: Record<string, string[]> = {
	threads: ['last_message_at', 'created_at'],
	logs: ['created_at'],
};

/**
 * The order of a list of threads or logs, and the list's name for its cursors, which hold for one order only. Throws 400
 * for `sort` where the sandbox refuses it, or does not know the field.
 */
export function sortOf(
	world: World,
	{ query }: ApiRequest,
	list: 'threads' | 'logs',
): { order: Order; list: string } {
	const { sort: support, listOrder } = world.settings;
	const { sort, order: direction } = query as { sort?: string; order?: 'asc' | 'desc' };
	if (sort === undefined && direction === undefined) return { order: listOrder, list };
	if (support === 'ignored') return { order: listOrder, list };
	if (support === 'refused') {
		const name = sort === undefined ? 'order' : 'sort';
		throw invalid(`query ${name} is unknown.`, 'Leave sort and order out.');
	}
	const field = sort ?? SORTABLE[list][0];
	if (!SORTABLE[list].includes(field)) {
		throw invalid(`sort cannot be ${field}.`, `Sort by ${SORTABLE[list].join(' or ')}.`);
	}
	const order = ORDERS[field][direction ?? 'desc'];
	return { order, list: `${list} ${order}` };
}
