import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ParameterValue } from './parameterValue';

/** API: PATCH takes these (2026-04). */
export const NEW_STATUSES: INodePropertyOptions[] = [
	{ name: 'Active', value: 'active' },
	{ name: 'Archived', value: 'archived' },
	{ name: 'Spam', value: 'spam' },
];

/** API: the filter of the list and its example have two more (2026-05). */
export const STATUSES: INodePropertyOptions[] = [
	...NEW_STATUSES,
	{ name: 'Closed', value: 'closed' },
	{ name: 'Open', value: 'open' },
].sort((one, other) => one.name.localeCompare(other.name));

/** Status of a thread, chosen or typed: the sources disagree on what there is. Saved workflows also hold plain text. */
export const threadStatus = (description: string, value: string): INodeProperties => ({
	displayName: 'Status',
	name: 'status',
	type: 'resourceLocator',
	default: { mode: 'list', value },
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a status...',
			typeOptions: { searchListMethod: 'searchStatuses', skipCredentialsCheckInRLC: true },
		},
		{ displayName: 'By Name', name: 'id', type: 'string', placeholder: 'e.g. open' },
	],
});

/** A known status as the API writes it, any other as it was typed; '' when unset. */
export function statusIn(value: ParameterValue): string {
	const text = value.isUnset ? '' : value.id();
	const isMeant = (status: INodePropertyOptions) => status.value === text.toLowerCase();
	return STATUSES.some(isMeant) ? text.toLowerCase() : text;
}
