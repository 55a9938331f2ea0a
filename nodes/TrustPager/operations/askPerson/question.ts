import type { INodeProperties } from 'n8n-workflow';

import type { ParameterReader } from '../../parameters/parameterReader';
import { fingerprint } from '../atMostOnce/fingerprint';
import { FREE_TEXT, readFormFields, type FormField } from './formFields';

/** What a person is asked, under n8n's own parameter names. */

export const message: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Send this quote to Oak & Hollow?',
	description:
		'The question, in plain text. It is in the email and on the page that the email links to.',
};

export const responseType: INodeProperties = {
	displayName: 'Response Type',
	name: 'responseType',
	type: 'options',
	options: [
		{ name: 'Approval', value: 'approval', description: 'The person approves or declines' },
		{ name: 'Custom Form', value: 'customForm', description: 'The person fills in a form' },
		{ name: 'Free Text', value: 'freeText', description: 'The person writes a text' },
	],
	default: 'approval',
	description: 'How the person answers, on the page that the email links to',
};

export const approvalOptions: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	description: 'The buttons of the page',
	placeholder: 'Add Option',
	displayOptions: { show: { responseType: ['approval'] } },
	default: {},
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					options: [
						{ name: 'Approve and Disapprove', value: 'double' },
						{ name: 'Approve Only', value: 'single' },
					],
					default: 'double',
				},
				{
					displayName: 'Approve Button Label',
					name: 'approveLabel',
					type: 'string',
					default: 'Approve',
				},
				{
					displayName: 'Disapprove Button Label',
					name: 'disapproveLabel',
					type: 'string',
					displayOptions: { show: { approvalType: ['double'] } },
					default: 'Decline',
				},
			],
		},
	],
};

const onForms: INodeProperties['displayOptions'] = {
	show: { '/responseType': ['customForm', 'freeText'] },
};

/** Options of the email and of the page. */
export const pageOptions: INodeProperties[] = [
	{
		displayName: 'Message Button Label',
		name: 'messageButtonLabel',
		type: 'string',
		default: 'Respond',
		description: 'Text of the link in the email',
	},
	{
		displayName: 'Response Form Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		displayOptions: onForms,
		default: 'Submit',
		description: 'Text of the button under the form',
	},
	{
		displayName: 'Response Form Description',
		name: 'responseFormDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		displayOptions: onForms,
		default: '',
		description: "Text above the form, instead of 'Message'",
	},
	{
		displayName: 'Response Form Title',
		name: 'responseFormTitle',
		type: 'string',
		displayOptions: onForms,
		default: '',
		description: "Title of the page, instead of 'Subject'",
	},
];

export interface Button {
	label: string;
	/** What it is called in the answer. */
	value: 'approve' | 'decline' | 'submit';
}

/** What the page shows. */
export interface Question {
	title: string;
	text: string;
	/** Empty for an approval. */
	fields: FormField[];
	buttons: Button[];
}

/**
 * Reads the question, while its email is written and again for its page.
 * @throws NodeOperationError for what is missing or cannot be read
 */
export function readQuestion(
	reader: ParameterReader,
	parameters: { subject: INodeProperties; options: INodeProperties },
): Question {
	const options = reader.collection(parameters.options);
	const title = reader.required(parameters.subject);
	const text = reader.required(message);
	const type = reader.choice(responseType);
	if (type === 'approval') return { title, text, fields: [], buttons: readButtons(reader) };
	return {
		title: options.text('responseFormTitle') || title,
		text: options.text('responseFormDescription') || text,
		fields: type === 'freeText' ? [FREE_TEXT] : readFormFields(reader),
		buttons: [{ label: options.text('responseFormButtonLabel') || 'Submit', value: 'submit' }],
	};
}

function readButtons(reader: ParameterReader): Button[] {
	const [chosen] = reader.collection(approvalOptions).groups('values');
	const approve: Button = { label: chosen?.text('approveLabel') || 'Approve', value: 'approve' };
	if (chosen?.choice('approvalType') === 'single') return [approve];
	return [approve, { label: chosen?.text('disapproveLabel') || 'Decline', value: 'decline' }];
}

/** Stands for a question as its email was written. */
export function fingerprintOf(question: Question): string {
	return fingerprint(question);
}

/** The question where its parameters no longer give what the email says: their expressions see other data now. */
export function questionInEmail({ fields, buttons }: Question): Question {
	const LABELS = { approve: 'Approve', decline: 'Decline', submit: 'Submit' };
	return {
		title: 'Your answer',
		text: 'The question is in the email that has brought you here.',
		fields,
		buttons: buttons.map(({ value }) => ({ value, label: LABELS[value] })),
	};
}
