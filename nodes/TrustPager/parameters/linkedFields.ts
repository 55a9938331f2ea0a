import { locator } from './locator';

const example = '3e2d1c0b-9a8f-4e7d-b6c5-a4938271605f';

/** CRM records as parameters of a collection. `purpose` completes the sentence “The contact …”. */
export const contactId = (purpose: string, { byEmail = true } = {}) =>
	locator({
		displayName: 'Contact',
		name: 'contactId',
		description: `The contact ${purpose}`,
		noun: 'a contact',
		search: 'searchContacts',
		example,
		byEmail,
	});
export const customerId = (purpose: string) =>
	locator({
		displayName: 'Customer',
		name: 'customerId',
		description: `The customer ${purpose}`,
		noun: 'a customer',
		search: 'searchCustomers',
		example,
	});
export const dealId = (purpose: string) =>
	locator({
		displayName: 'Deal',
		name: 'dealId',
		description: `The deal ${purpose}`,
		noun: 'a deal',
		search: 'searchDeals',
		example,
	});
