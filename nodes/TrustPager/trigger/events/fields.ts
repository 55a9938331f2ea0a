import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { RowEvent } from './event';
import { rowEvents } from './rowEvents';

const events: INodePropertyOptions[] = [
	{
		name: 'Approval Decided',
		value: 'approvalDecided',
		description: 'A request of an API key was approved or rejected, or has expired',
	},
	{
		name: 'Email Bounced or Failed',
		value: 'emailFailed',
		description: 'An email has bounced, failed, was blocked or was reported as spam',
	},
	{
		name: 'Message Received',
		value: 'messageReceived',
		description: 'An inbound message has arrived in a new or existing thread',
	},
	{
		name: 'Scheduled Email Sent or Failed',
		value: 'scheduledEmailFinished',
		description: 'A scheduled email was sent, was cancelled or skipped, or has failed',
	},
];

/** Names of the events by their values, as JSON. */
export const eventNames = JSON.stringify(
	Object.fromEntries(events.map(({ value, name }) => [value, name])),
);

export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: events,
	default: 'messageReceived',
};

/** The statuses of one event; each has a parameter of the same name. */
export function statusField({ value, statuses }: RowEvent): INodeProperties {
	const all = statuses.map((status) => String(status.value));
	return {
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		displayOptions: { show: { event: [value] } },
		options: statuses,
		default: [...all],
		description: 'Which statuses start the workflow. Each costs one request per poll.',
	};
}

export const statusFields = Object.values(rowEvents).flatMap((event) =>
	event ? [statusField(event)] : [],
);
