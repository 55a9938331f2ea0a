import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../parameters/locator';

/** Parameters of a scheduled email. API: /scheduled-communications (2026-04). */

export const scheduledEmailId: INodeProperties = {
	...locator({
		displayName: 'Scheduled Email',
		name: 'scheduledEmailId',
		description: 'The scheduled email to work on',
		noun: 'a scheduled email',
		search: 'searchScheduledEmails',
		example: '2c4e6a80-1b3d-4f5a-9c7e-8d6b4a2f0e1c',
	}),
	required: true,
};

export const scheduledFor: INodeProperties = {
	displayName: 'Send At',
	name: 'scheduledFor',
	type: 'dateTime',
	default: '',
	description:
		"When TrustPager sends the email, to the minute. A time without a time zone is one of the workflow's time zone. Where clocks are set back, a time that comes twice is the first; where they are set forward, a skipped time is moved forward.",
};

export const respectBusinessHours: INodeProperties = {
	displayName: 'Respect Business Hours',
	name: 'respectBusinessHours',
	type: 'boolean',
	default: false,
	description:
		"Whether TrustPager waits for the workspace's business hours, Monday to Friday from 9 to 5 unless set otherwise, if 'Send At' is outside them",
};

export const timezone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description:
		"IANA time zone that business hours are counted in, instead of the workspace's own. It does not change when 'Send At' is.",
};
