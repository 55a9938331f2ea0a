import type { INodeProperties } from 'n8n-workflow';

import { automatedMail, limit, outputFields, returnAll, simplify } from '../../parameters/fields';
import { contactId, customerId, dealId } from '../../parameters/linkedFields';
import { threadStatus } from '../../parameters/threadStatus';
import type { Operation } from '../../execution/operation';
import { rowLimit, rowShape } from '../../output/rowShape';
import { furtherThreadFields, simplifyThread } from '../../output/simplify';
import { getMany } from '../../operations/crud';
import { readFilters } from '../../operations/filters/rowFilter';
import { threadFilters } from '../../operations/filters/threadFilters';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		automatedMail('Return only threads of automated mail, such as newsletters, or only the others'),
		contactId('that the thread is linked to'),
		customerId('that the thread is linked to'),
		dealId('that the thread is linked to'),
		{
			displayName: 'Direction of Last Message',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'inbound' },
				{ name: 'Outbound', value: 'outbound' },
			],
			default: 'inbound',
			description:
				'Direction of the last message. Inbound: mail to you that nobody has answered yet.',
		},
		{
			displayName: 'Participant Email',
			name: 'participant',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description: 'Exact email address of a participant in the thread',
		},
		{
			displayName: 'Read Status',
			name: 'isRead',
			type: 'options',
			options: [
				{ name: 'Read', value: true },
				{ name: 'Unread', value: false },
			],
			default: false,
			description: 'Return only read threads or only unread ones',
		},
		threadStatus('Return only threads with this status, such as open or archived', ''),
		{
			displayName: 'Subject Contains',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. quote',
			description: 'Part of the subject. Not case-sensitive.',
		},
	],
};

/** API: GET /email/threads. The order is not documented (2026-05), so the newest first is asked for. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many threads',
	description: 'Get many email threads, with the contacts, deals and customers they are linked to',
	builderHint: {
		propertyHint:
			"Without the text of the mail: for that, put getMessages after it. Newsletters: filters.isAutomated true. Mail that waits for an answer: filters.direction 'inbound'.",
	},
	fields: [returnAll, limit, filters, simplify, outputFields],
	prepare: (item) =>
		getMany(
			{ path: '/email/threads', scope: 'email:read', newestFirstBy: 'last_message_at' },
			{
				limit: rowLimit(item),
				filters: readFilters(item.collection(filters), threadFilters),
				shape: rowShape(item, simplifyThread, furtherThreadFields),
			},
		),
};
