import type { INodeProperties } from 'n8n-workflow';

interface Locator {
	displayName: string;
	/** Saved in people's workflows: never renamed. */
	name: string;
	description: string;
	/** What is picked, as the list's placeholder puts it: “Select a thread...”. */
	noun: string;
	/** The picker, by its name in `listSearch`. */
	search: string;
	/** An example value; if it is an email address, the second mode is called “By Address”. */
	example: string;
	/** Whether the mode “By Email” finds it, too (contacts). */
	byEmail?: boolean;
}

/** A parameter that selects one thing, from a searchable list or by its identifier. */
export function locator({
	displayName,
	name,
	description,
	noun,
	search,
	example,
	byEmail = false,
}: Locator): INodeProperties {
	const field: INodeProperties = {
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
				placeholder: `Select ${noun}...`,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{
				displayName: example.includes('@') ? 'By Address' : 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${example}`,
			},
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. nathan@example.com',
				hint: 'Exactly one contact must have this address',
			},
		],
	};
	return byEmail
		? field
		: { ...field, modes: field.modes?.filter(({ name: mode }) => mode !== 'email') };
}
