import type { INodeProperties } from 'n8n-workflow';

import type { Collection } from '../../parameters/collection';
import type { ParameterReader } from '../../parameters/parameterReader';

/** The form of 'Custom Form', under n8n's own parameter names. */

const WITH_OPTIONS = ['checkbox', 'dropdown', 'radio'];
const WITH_TEXT = ['date', 'dropdown', 'email', 'number', 'radio', 'text', 'textarea'];

/** In the order in which a person fills them. */
const elementFields: INodeProperties[] = [
	{
		displayName: 'Label',
		name: 'fieldLabel',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. What should be changed?',
		description: 'Label that appears above the input field, and its name in the output',
	},
	{
		displayName: 'Element Type',
		name: 'fieldType',
		type: 'options',
		options: [
			{ name: 'Checkboxes', value: 'checkbox' },
			{ name: 'Date', value: 'date' },
			{ name: 'Dropdown', value: 'dropdown' },
			{ name: 'Email', value: 'email' },
			{ name: 'Number', value: 'number' },
			{ name: 'Radio Buttons', value: 'radio' },
			{ name: 'Text Input', value: 'text' },
			{ name: 'Textarea', value: 'textarea' },
		],
		default: 'text',
	},
	{
		displayName: 'Default Value',
		name: 'defaultValue',
		type: 'string',
		typeOptions: { rows: 2 },
		displayOptions: { show: { fieldType: WITH_TEXT } },
		default: '',
		description: 'Value that the person finds there and can change',
	},
	{
		displayName: 'Choices',
		name: 'fieldOptions',
		type: 'fixedCollection',
		placeholder: 'Add Choice',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { fieldType: WITH_OPTIONS } },
		default: { values: [{ option: '' }] },
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [{ displayName: 'Option', name: 'option', type: 'string', default: '' }],
			},
		],
	},
	{
		displayName: 'Required Field',
		name: 'requiredField',
		type: 'boolean',
		default: false,
		description: 'Whether the person must fill in the field',
	},
	{
		displayName: 'Name in Output',
		name: 'fieldName',
		type: 'string',
		default: '',
		description: 'Name of the field in the output, instead of its label',
	},
];

export const formFields: INodeProperties = {
	displayName: 'Form Elements',
	name: 'formFields',
	type: 'fixedCollection',
	description: 'What the person fills in',
	placeholder: 'Add Form Element',
	typeOptions: { multipleValues: true, sortable: true },
	displayOptions: { show: { responseType: ['customForm'] } },
	default: {},
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: elementFields,
		},
	],
};

/** One field of the form. */
export interface FormField {
	/** Its key in the output. */
	key: string;
	label: string;
	type: string;
	required: boolean;
	/** What it holds at first. */
	value: string;
	/** What can be chosen; none for other types. */
	choices: string[];
}

/** The one field of 'Free Text'. */
export const FREE_TEXT: FormField = {
	key: 'text',
	label: 'Response',
	type: 'textarea',
	required: true,
	value: '',
	choices: [],
};

/**
 * The fields of a custom form.
 * @throws NodeOperationError for a form without fields, and for fields without or with the same name or without choices
 */
export function readFormFields(reader: ParameterReader): FormField[] {
	const fields = reader.collection(formFields).groups('values').map(readField);
	if (fields.length === 0) {
		throw reader.refuse(formFields, 'is empty', 'Add an element, or ask for free text.');
	}
	const keys = fields.map(({ key }) => key);
	const twice = keys.find((key, index) => keys.indexOf(key) < index);
	if (twice === undefined) return fields;
	throw reader.refuse(
		formFields,
		`has '${twice}' twice`,
		"Give each element a label or 'Name in Output' of its own.",
	);
}

function readField(group: Collection): FormField {
	const label = group.value('fieldLabel').required();
	const type = group.choice('fieldType') || 'text';
	const choices = WITH_OPTIONS.includes(type)
		? group
				.collection('fieldOptions')
				.groups('values')
				.map((one) => one.value('option').text())
				.filter((choice) => choice !== '')
		: [];
	if (WITH_OPTIONS.includes(type) && choices.length === 0) {
		throw group.value('fieldOptions').refuse(`of '${label}' are missing`, 'Add at least one.');
	}
	return {
		key: group.text('fieldName') || label,
		label,
		type,
		required: group.flag('requiredField'),
		value: WITH_TEXT.includes(type) ? group.value('defaultValue').optionalText() : '',
		choices,
	};
}
