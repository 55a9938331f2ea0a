import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../parameters/fields';
import { contactId, customerId, dealId } from '../parameters/linkedFields';

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		contactId('whose threads start the workflow', { byEmail: false }),
		customerId('whose threads start the workflow'),
		dealId('whose threads start the workflow'),
		{
			displayName: 'Is Automated',
			name: 'isAutomated',
			type: 'boolean',
			default: false,
			description:
				'Whether to listen only to threads of automated mail (on) or only to the others (off)',
		},
		{
			displayName: 'Sender',
			name: 'sender',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description:
				"Part of the sender's address or name. Not case-sensitive. Separate several with commas; any match counts.",
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. quote',
			description: 'Part of the subject. Not case-sensitive.',
		},
	],
};

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'After a Pause',
			name: 'afterPause',
			type: 'options',
			options: [
				{
					name: 'Catch Up',
					value: 'catchUp',
					description: 'Fire for what arrived in the meantime, oldest thread first',
				},
				{
					name: 'Start With New Mail',
					value: 'startFresh',
					description: 'Skip what arrived in the meantime',
				},
			],
			default: 'catchUp',
			description:
				'What happens to mail that arrived while the workflow was switched off or n8n was down. Publishing a change does not count as a pause.',
		},
		{
			displayName: 'Look Back (Minutes)',
			name: 'lookBackMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'How long after its own date a message can turn up and still start the workflow',
		},
		{
			displayName: 'Max Messages',
			name: 'maxMessages',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description:
				'Max number of messages per execution, oldest first. The rest follow at the next polls, oldest thread first.',
		},
	],
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Message Received',
				value: 'messageReceived',
				description: 'An inbound message has arrived in a new or existing thread',
			},
		],
		default: 'messageReceived',
	},
	{
		displayName:
			"Starts with mail that arrives after the first activation, and catches up after a pause (see 'Options'). Renaming this node, duplicating the workflow, or changing the filters 'Contact', 'Customer', 'Deal' or 'Is Automated' makes it start from scratch. An idle poll costs one request, plus one per changed thread.",
		name: 'notice',
		type: 'notice',
		default: '',
	},
	filtersField,
	simplify,
	optionsField,
];
