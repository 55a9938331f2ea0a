import type { IDataObject } from 'n8n-workflow';

import { isObject, textOf } from '../values';

/** A kind of CRM record that threads, emails and messages are linked to. */
export type LinkKind = 'contact' | 'deal' | 'customer';

/** API: deals and customers have been called opportunities and companies since 2026-05-13; a server may use either name. */
const NAMES: Record<LinkKind, ReadonlyArray<{ one: string; many: string }>> = {
	contact: [{ one: 'contact', many: 'contacts' }],
	deal: [
		{ one: 'deal', many: 'deals' },
		{ one: 'opportunity', many: 'opportunities' },
	],
	customer: [
		{ one: 'customer', many: 'customers' },
		{ one: 'company', many: 'companies' },
	],
};

/**
 * The IDs of all records of one kind that a row of the API is linked to, under the old and the new names, each once: those of
 * `linked_entities` first, then `deal_id` or `deal: { id }` of the row itself. Empty when the row names none, which can
 * also mean that the server does not say.
 *
 * `company_id` of a row is the *workspace* in most tables (approvals and scheduled emails show it beside `customer_id`).
 * It counts as the customer only where the row has no other place for it: see `namesCustomerAsCompany`. What stands in
 * `linked_entities` is always a linked record.
 */
export function linkedIds(row: IDataObject, kind: LinkKind): string[] {
	const linked = isObject(row.linked_entities) ? row.linked_entities : {};
	const listed = NAMES[kind].flatMap(({ one, many }) => [
		...idsIn(linked[many]),
		...idsIn(objectIn(linked[one])),
		...idsIn(linked[`${one}_id`]),
	]);
	const direct = NAMES[kind]
		.filter(({ one }) => one !== 'company' || namesCustomerAsCompany(row))
		.flatMap(({ one }) => [...idsIn(row[`${one}_id`]), ...idsIn(objectIn(row[one]))]);
	return [...new Set([...listed, ...direct])];
}

/** The first of `linkedIds`; null when there is none. */
export function linkedId(row: IDataObject, kind: LinkKind): string | null {
	return linkedIds(row, kind)[0] ?? null;
}

/** Whether a row tells which records of a kind it is linked to, none included. */
export function namesLinks(row: IDataObject, kind: LinkKind): boolean {
	const linked = isObject(row.linked_entities) ? row.linked_entities : {};
	return (
		linkedIds(row, kind).length > 0 ||
		NAMES[kind].some(({ one, many }) => Array.isArray(linked[many]) || `${one}_id` in linked) ||
		`${kind}_id` in row ||
		(kind === 'deal' && 'opportunity_id' in row)
	);
}

/**
 * Whether `company_id` of the row can only be its customer: the row calls its deal by the new name alone, has nothing under
 * `customer`, no list of customers, and is not one of those that belong to an API key.
 */
function namesCustomerAsCompany(row: IDataObject): boolean {
	const has = (object: unknown, ...names: string[]) =>
		isObject(object) && names.some((name) => name in object);
	if (!has(row, 'opportunity_id', 'opportunity') || has(row, 'deal_id', 'deal')) return false;
	if (has(row, 'customer_id', 'customer', 'api_key_id')) return false;
	return !has(row.linked_entities, 'customers', 'companies');
}

/** IDs in an ID, an object with one, or a list of either. */
function idsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(idsIn);
	const id = textOf(isObject(value) ? value.id : value);
	return id === undefined ? [] : [id];
}

/** Under the record's own name a text could be its title. */
function objectIn(value: unknown): unknown {
	return isObject(value) ? value : undefined;
}
