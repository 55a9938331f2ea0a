import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * The scopes of a TrustPager key that this package needs, and those that imply one of them.
 * Source: the vendor's help page on API keys and the endpoints' own pages (2026-05); `email:write` is
 * demanded by endpoints but missing from the published list. What each is for, those first that most keys have.
 */
const PURPOSES = {
	'email:read': 'Read mail, the log and configurations; enough for the trigger',
	'email:send': 'Send and reply',
	'email:write': 'Mark threads as read, archive, link and update them',
	'contacts:read': 'Choose contacts from a list or by email',
	'companies:read': 'Choose customers from a list',
	'opportunities:read': 'Choose deals from a list',
	'email:send-approval': 'Send and reply once a person has approved it in TrustPager',
	'email:write-approval': 'Update threads once a person has approved it in TrustPager',
	'approvals:read': 'Read requests that are held for approval',
	'approvals:write': 'Approve and reject held requests',
	'dispatcher:read': 'Read scheduled emails',
	'dispatcher:write': 'Schedule, change and cancel emails',
	'dispatcher:write-approval': 'Schedule emails once a person has approved it in TrustPager',
	'email-config:read': 'Read email configurations',
	'email-config:write': 'Create, change and delete email configurations',
	'email-config:write-approval':
		'Change email configurations once a person has approved it in TrustPager',
	'email-config:delete': 'Delete email configurations, on newer servers',
	'email:delete': 'Delete threads, on newer servers',
	'customers:read': 'Older name of companies:read',
	'deals:read': 'Older name of opportunities:read',
	admin: 'Everything (Full Access)',
};

export type Scope = keyof typeof PURPOSES;

/** The scopes as a credential offers them. */
export const SCOPE_OPTIONS: INodePropertyOptions[] = Object.entries(PURPOSES).map(
	([scope, description]) => ({ name: scope, value: scope, description }),
);

/** What satisfies a scope besides itself and `admin`. A higher rung of the ladder contains the lower ones. */
const SATISFIED_BY: Partial<Record<Scope, readonly Scope[]>> = {
	'approvals:read': ['approvals:write'],
	'customers:read': ['companies:read'],
	'companies:read': ['customers:read'],
	'deals:read': ['opportunities:read'],
	'opportunities:read': ['deals:read'],
	'dispatcher:read': ['dispatcher:write-approval', 'dispatcher:write'],
	'dispatcher:write': ['dispatcher:write-approval'],
	'email:read': [
		'email:send-approval',
		'email:send',
		'email:write-approval',
		'email:write',
		'email:delete',
	],
	'email:send': ['email:send-approval'],
	'email:write': ['email:write-approval', 'email:delete'],
	'email-config:write': ['email-config:write-approval', 'email-config:delete'],
};

/**
 * Whether a key with the scopes `granted` may do what needs `needed`.
 * An empty list means that the key's scopes are not known: then the server decides.
 * A `…-approval` rung counts as allowed: the server queues the request for a person (202).
 */
export function allows(granted: readonly string[], needed: Scope): boolean {
	if (granted.length === 0) return true;
	return (
		granted.includes(needed) ||
		granted.includes('admin') ||
		(SATISFIED_BY[needed] ?? []).some((scope) => granted.includes(scope))
	);
}
