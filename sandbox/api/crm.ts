import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import type { Entry, OrderedRows } from '../world/orderedRows';
import type { ContactRow, CustomerRow, DealRow } from '../world/rows';
import type { World } from '../world/world';
import { creditsLeft } from './credits';
import { canonicalIds } from './lists/entityNames';
import type { Handler } from './handler';
import { pageOf } from './lists/paging';

const listContacts: Handler = (request, world) =>
	list<ContactRow>(
		world,
		request,
		world.store.contacts,
		({ first_name, last_name, email, phone }) => [`${first_name} ${last_name}`, email, phone],
		['source', 'customer_id'],
		({ customer_id, email_unsubscribed, ...row }) => (
			void customer_id,
			world.settings.contactFlags
				? { ...row, email_unsubscribed: email_unsubscribed ?? false }
				: row
		),
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
	const query = world.settings.entityNames === 'old' ? request.query : canonicalIds(request.query);
	const { search, created_after: from, created_before: to, email_unsubscribed: optedOut } = query;
	const wanted = typeof search === 'string' ? search.trim().toLowerCase() : '';
	const used = equal.filter((field) => query[field] !== undefined);
	const isOptedOut = (row: object) =>
		'email_unsubscribed' in row && row.email_unsubscribed === true;
	const rows = table
		.sorted('oldest')
		.filter(
			({ row }) =>
				used.every((field) => row[field] === query[field]) &&
				(!world.settings.contactFlags || optedOut === undefined || isOptedOut(row) === optedOut) &&
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
