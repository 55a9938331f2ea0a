import type { INodeProperties } from 'n8n-workflow';

function recordLocator(
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${displayName.toLowerCase()}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3e2d1c0b-9a8f-4e7d-b6c5-a4938271605f',
			},
		],
	};
}

/** CRM records as parameters of a collection. `purpose` ends the sentence “The contact …”. */
export const contactId = (purpose: string) =>
	recordLocator('Contact', 'contactId', 'searchContacts', `The contact ${purpose}`);
export const customerId = (purpose: string) =>
	recordLocator('Customer', 'customerId', 'searchCustomers', `The customer ${purpose}`);
export const dealId = (purpose: string) =>
	recordLocator('Deal', 'dealId', 'searchDeals', `The deal ${purpose}`);
