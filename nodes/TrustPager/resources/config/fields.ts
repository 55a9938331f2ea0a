import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../parameters/locator';

/** Parameters of an email configuration. API: POST and PATCH /email/configs (2026-05). */

export const configId: INodeProperties = {
	...locator({
		displayName: 'Configuration',
		name: 'configId',
		description: 'The email configuration to work on',
		noun: 'a configuration',
		search: 'searchConfigs',
		example: '9c8b7a6f-5e4d-4c3b-a291-807f6e5d4c3b',
	}),
	required: true,
};

export const fromEmailHandle: INodeProperties = {
	displayName: 'From Email Handle',
	name: 'fromEmailHandle',
	type: 'string',
	default: '',
	placeholder: 'e.g. support',
	description: 'The part of the From address before the @. TrustPager adds the domain.',
};

export const fromName: INodeProperties = {
	displayName: 'From Name',
	name: 'fromName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The name that recipients see',
};

export const staffEmail: INodeProperties = {
	displayName: 'Staff Email',
	name: 'staffEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. nathan@example.com',
	description: "Your team's email address for this configuration",
};

const gmailSenderUserId: INodeProperties = locator({
	displayName: 'Gmail Sender User',
	name: 'gmailSenderUserId',
	description: 'The user whose connected Gmail account sends the mail',
	noun: 'a user',
	search: 'searchSenders',
	example: '0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e',
});

/** The optional values of a configuration, in the alphabetical order that n8n's lint rules require. */
export const optionalFields: INodeProperties[] = [
	{
		displayName: 'Configuration Name',
		name: 'configName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Support mailbox',
		description: 'Name of the configuration in TrustPager',
	},
	{
		displayName: 'Email Provider',
		name: 'emailProvider',
		type: 'options',
		options: [
			{ name: 'Gmail', value: 'gmail', description: 'A connected Gmail account' },
			{ name: 'TrustPager Mail', value: 'postmark', description: "TrustPager's own mail service" },
		],
		default: 'postmark',
		description: 'The service that delivers the mail',
	},
	locator({
		displayName: 'Gmail Sender Alias',
		name: 'gmailSenderAlias',
		description: "A “Send mail as” address of the Gmail account of 'Gmail Sender User'",
		noun: 'an alias',
		search: 'searchAliases',
		example: 'sales@example.com',
	}),
	gmailSenderUserId,
	{
		displayName: 'Is Default',
		name: 'isDefault',
		type: 'boolean',
		default: false,
		description: 'Whether mail uses this configuration when no other is selected',
	},
	{
		displayName: 'Logo URL',
		name: 'logoUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/logo.png',
		description: 'URL of the logo shown in emails',
	},
	{
		displayName: 'Primary Color',
		name: 'primaryColor',
		type: 'color',
		default: '',
		placeholder: 'e.g. #3366CC',
		description: 'Main color of the emails, as a hex value',
	},
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. nathan@example.com',
		description: 'Email address that replies go to',
	},
];
