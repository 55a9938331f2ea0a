import type { INodePropertyOptions } from 'n8n-workflow';

import type { Scope } from './scopes';

/** What each scope is for, those first that most keys have. */
const PURPOSES: Record<Scope, string> = {
	'email:read': 'Read threads, messages, the email log and configurations; enough for the trigger',
	'email:send': 'Send and reply',
	'email:write': 'Mark threads as read, archive, link and update them',
	'contacts:read': 'Choose contacts from a list or by email',
	'companies:read': 'Choose customers from a list',
	'opportunities:read': 'Choose deals from a list',
	'email:send-approval': 'Send and reply, once a person has approved it in TrustPager',
	'email:write-approval': 'Update threads, once a person has approved it in TrustPager',
	'approvals:read': 'Read requests that are waiting for approval',
	'approvals:write': 'Approve and reject requests',
	'dispatcher:read': 'Read scheduled emails',
	'dispatcher:write': 'Schedule, change and cancel emails',
	'dispatcher:write-approval': 'Schedule emails, once a person has approved it in TrustPager',
	'email-config:read': 'Read email configurations',
	'email-config:write': 'Create, change and delete email configurations',
	'email-config:write-approval':
		'Change email configurations, once a person has approved it in TrustPager',
	'email-config:delete': 'Delete email configurations, on newer servers',
	'email:delete': 'Delete threads, on newer servers',
	'customers:read': 'Choose customers from a list, under the older name of companies:read',
	'deals:read': 'Choose deals from a list, under the older name of opportunities:read',
	admin: 'Everything (Full Access)',
};

/** The scopes as a credential offers them. */
export const SCOPE_OPTIONS: INodePropertyOptions[] = Object.entries(PURPOSES).map(
	([scope, description]) => ({ name: scope, value: scope, description }),
);
