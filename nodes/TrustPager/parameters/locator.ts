import type { INodeProperties, INodePropertyRegexValidation } from 'n8n-workflow';

import { BLANK } from './readers/characters';
import { SHORT_NUMBER } from './readers/idList';

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

/**
 * What the editor marks in red before a run; n8n leaves expressions alone and anchors the pattern. Each lets pass whatever
 * the readers (parameterValue.ts, people.ts) take, and an empty value, which n8n marks itself where one is required.
 */
function validation(regex: string, errorMessage: string): INodePropertyRegexValidation[] {
	return [{ type: 'regex', properties: { regex, errorMessage } }];
}

const shortNumber = SHORT_NUMBER.source.slice(1, -1);
const ID = validation(
	`(?!${BLANK}*${shortNumber}${BLANK}*$)${BLANK}*[^\\s/\\\\"'<>{}[\\]()]*${BLANK}*`,
	"Not an ID. Choose from the list, or use the long ID that TrustPager's Get Many shows.",
);
const ADDRESS = validation(
	`(?:(?:${BLANK}|[,;])*|[^]*(?:[@＠]|%40)[^]*)`,
	'Not an email address. Use one such as nathan@example.com.',
);

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
	const isAddress = example.includes('@');
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
				displayName: isAddress ? 'By Address' : 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${example}`,
				validation: isAddress ? ADDRESS : ID,
			},
			{
				displayName: 'By Email',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. nathan@example.com',
				hint: 'Exactly one contact must have this address',
				validation: ADDRESS,
			},
		],
	};
	return byEmail
		? field
		: { ...field, modes: field.modes?.filter(({ name: mode }) => mode !== 'email') };
}
