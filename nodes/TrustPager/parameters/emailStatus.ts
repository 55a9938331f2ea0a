import type { INodePropertyOptions } from 'n8n-workflow';

/** Statuses of rows of the email log; the documents differ in two names. */
export const LOG_STATUSES: INodePropertyOptions[] = [
	{
		name: 'Blocked',
		value: 'blocked',
		description: 'TrustPager did not send it: the recipient is suppressed',
	},
	{ name: 'Bounced', value: 'bounced' },
	{
		name: 'Complained',
		value: 'complained',
		description: 'The same as Spam Complaint, under the other name that TrustPager has for it',
	},
	{ name: 'Delivered', value: 'delivered' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Sent', value: 'sent' },
	{ name: 'Spam Complaint', value: 'spam_complaint' },
];

/** Statuses of scheduled emails. API: an open set (2026-04). */
export const SCHEDULED_STATUSES: INodePropertyOptions[] = [
	{ name: 'Cancelled', value: 'cancelled' },
	{ name: 'Dispatched', value: 'dispatched', description: 'Sent' },
	{ name: 'Dispatching', value: 'dispatching', description: 'Being sent' },
	{ name: 'Failed', value: 'failed', description: 'Given up after three tries' },
	{ name: 'Pending', value: 'pending', description: 'Not due yet, or to be tried again' },
	{
		name: 'Skipped',
		value: 'skipped',
		description: 'Not sent, because the recipient is suppressed',
	},
];

/** All but the statuses with these values. */
export function statusesBut(
	statuses: INodePropertyOptions[],
	...values: string[]
): INodePropertyOptions[] {
	return statuses.filter(({ value }) => !values.includes(String(value)));
}
