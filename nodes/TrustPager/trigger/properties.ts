import type { INodeProperties } from 'n8n-workflow';

import { automatedMail, simplify } from '../parameters/fields';
import { contactId, customerId, dealId } from '../parameters/linkedFields';
import { eventField, statusFields } from './events/fields';

/** Inside a collection. */
const ofMessages = { show: { '/event': ['messageReceived'] } };

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	displayOptions: { hide: { event: ['approvalDecided'] } },
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			...automatedMail(
				'Start only on threads of automated mail, such as newsletters, or only on the others',
			),
			displayOptions: ofMessages,
		},
		contactId('whose threads or emails start the workflow'),
		customerId('whose threads or emails start the workflow'),
		dealId('whose threads or emails start the workflow'),
		{
			displayName: 'Sender',
			name: 'sender',
			type: 'string',
			displayOptions: ofMessages,
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description:
				"Part of the sender's address or name. Not case-sensitive. Separate several with commas; any match counts.",
		},
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			displayOptions: ofMessages,
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
					description: 'Fire for what happened in the meantime, oldest first',
				},
				{
					name: 'Start Fresh',
					value: 'startFresh',
					description: 'Skip what happened in the meantime',
				},
			],
			default: 'catchUp',
			description:
				'What to do about the time in which the workflow was switched off or n8n was down. Publishing a change does not count as a pause.',
		},
		{
			displayName: 'Look Back (Minutes)',
			name: 'lookBackMinutes',
			type: 'number',
			displayOptions: ofMessages,
			typeOptions: { minValue: 1 },
			default: 60,
			description: 'How long after its own date a message can turn up and still start the workflow',
		},
		{
			displayName: 'Max Messages',
			name: 'maxMessages',
			type: 'number',
			displayOptions: ofMessages,
			typeOptions: { minValue: 1 },
			default: 100,
			description:
				'Max number of messages per execution, oldest first. The rest follow at the next polls, oldest thread first.',
		},
	],
};

export const properties: INodeProperties[] = [
	eventField,
	...statusFields,
	{
		displayName:
			'Only mail that arrives after you publish the workflow starts it. Renaming this node or changing which threads it filters resets it.',
		name: 'notice',
		type: 'notice',
		displayOptions: { show: { event: ['messageReceived'] } },
		default: '',
	},
	{
		displayName:
			'Only changes after you publish the workflow start it, for entries from the last 30 days. Renaming this node or changing its filters resets it. Each poll costs one request per status. Beyond 100 entries, older ones are checked at one page per minute.',
		name: 'notice',
		type: 'notice',
		displayOptions: { hide: { event: ['messageReceived'] } },
		default: '',
	},
	filtersField,
	simplify,
	optionsField,
];
