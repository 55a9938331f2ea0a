import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import type { Entry, OrderedRows } from '../world/orderedRows';
import type { ContactRow, CustomerRow, DealRow } from '../world/rows';
import type { World } from '../world/world';
import { creditsLeft } from './credits';
import type { Handler } from './handler';
import { pageOf } from './paging';

const listContacts: Handler = (request, world) =>
	list<ContactRow>(
		world,
		request,
		world.store.contacts,
		({ first_name, last_name, email, phone }) => [`${first_name} ${last_name}`, email, phone],
		['source', 'customer_id'],
		({ customer_id, ...row }) => (void customer_id, row),
	);

const listOpportunities: Handler = (request, world) =>
	list<DealRow>(world, request, world.store.deals, ({ name }) => [name], [
		'status',
		'contact_id',
		'customer_id',
	]);

const listCompanies: Handler = (request, world) =>
	list<CustomerRow>(world, request, world.store.customers, ({ name, email }) => [name, email], []);

export const crmHandlers = {
	listContacts,
	listOpportunities,
	listDeals: listOpportunities,
	listCompanies,
	listCustomers: listCompanies,
};

function list<Row extends { id: string; created_at: string }>(
	world: World,
	request: ApiRequest,
	table: OrderedRows<Entry<Row>>,
	searched: (row: Row) => Array<string | null>,
	equal: Array<keyof Row & string>,
	show: (row: Row) => unknown = (row) => row,
): ApiAnswer {
	const { search, created_after: from, created_before: to } = request.query;
	const wanted = typeof search === 'string' ? search.trim().toLowerCase() : '';
	const used = equal.filter((field) => request.query[field] !== undefined);
	const rows = table
		.sorted('oldest')
		.filter(
			({ row }) =>
				used.every((field) => row[field] === request.query[field]) &&
				(typeof from !== 'string' || Date.parse(row.created_at) > Date.parse(from)) &&
				(typeof to !== 'string' || Date.parse(row.created_at) < Date.parse(to)) &&
				(wanted === '' || searched(row).some((text) => text?.toLowerCase().includes(wanted))),
		);
	const page = pageOf(world, request, request.operationId, rows, 'oldest');
	return {
		status: 200,
		body: {
			data: page.rows.map(({ row }) => show(row)),
			pagination: page.pagination,
			meta: creditsLeft(world),
		},
	};
}
