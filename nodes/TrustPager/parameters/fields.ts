import type { INodeProperties } from 'n8n-workflow';

import { locator } from './locator';

/** Parameters that several operations share. Each is one top-level property of the node, however many use it. */

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const outputFields: INodeProperties = {
	displayName: 'Fields to Return',
	name: 'outputFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. subject, last_message_at',
	description:
		'Comma-separated names of the fields to return, to keep the output small. The ID is always included. Leave empty to return all fields.',
};

export const threadId: INodeProperties = {
	...locator({
		displayName: 'Thread',
		name: 'threadId',
		description: 'The email thread to work on',
		noun: 'a thread',
		search: 'searchThreads',
		example: '5f1c2a34-9d0b-4c6e-8f21-7a3b9c0d1e2f',
	}),
	required: true,
};

export const mode: INodeProperties = {
	displayName: 'Send From',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: "A User's Gmail",
			value: 'personal',
			description: 'The connected Gmail account of one user',
			builderHint: {
				propertyHint:
					"Only when the mail is to come from one person's own Gmail account. Needs senderUserId.",
			},
		},
		{
			name: 'Company Mailbox',
			value: 'company',
			description: 'The mail account of the workspace',
		},
	],
	default: 'company',
	description: 'The mail account that sends the email',
	hint: 'Each email costs TrustPager credits',
};

export const senderUserId: INodeProperties = {
	...locator({
		displayName: 'Sender',
		name: 'senderUserId',
		description: 'The user whose connected Gmail account sends the email',
		noun: 'a sender',
		search: 'searchSenders',
		example: '0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e',
	}),
	required: true,
	displayOptions: { show: { mode: ['personal'] } },
};

/** A filter for threads, in the node and the trigger. */
export const automatedMail = (description: string): INodeProperties => ({
	displayName: 'Automated Mail',
	name: 'isAutomated',
	type: 'options',
	options: [
		{ name: 'Exclude', value: false },
		{ name: 'Only Automated', value: true },
	],
	default: false,
	description,
});

/** Of an email's content. What it does: operations/mailBody. */
export const bodyFormat: INodeProperties = {
	displayName: 'Body Format',
	name: 'bodyFormat',
	type: 'options',
	options: [
		{ name: 'HTML', value: 'html', description: 'The body is HTML and is sent as it is' },
		{
			name: 'Text',
			value: 'text',
			description:
				'The body is plain text: line breaks stay, web addresses become links, and nothing in it is taken for HTML',
		},
	],
	default: 'html',
	description: 'How the body of the email is written',
	builderHint: {
		propertyHint:
			"Set to 'text' when the body is plain text, such as the output of a language model; with 'html', line breaks are lost.",
	},
};
