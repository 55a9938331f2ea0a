/**
 * The scopes of a TrustPager key that this package needs, and those that imply one of them.
 * Source: the vendor's help page on API keys and the endpoints' own pages (2026-05); `email:write` is
 * demanded by endpoints but missing from the published list.
 */
export const SCOPES = [
	'admin',
	'approvals:read',
	'approvals:write',
	'companies:read',
	'contacts:read',
	'customers:read',
	'deals:read',
	'dispatcher:read',
	'dispatcher:write',
	'dispatcher:write-approval',
	'email-config:delete',
	'email-config:read',
	'email-config:write',
	'email-config:write-approval',
	'email:delete',
	'email:read',
	'email:send',
	'email:send-approval',
	'email:write',
	'email:write-approval',
	'opportunities:read',
] as const;

export type Scope = (typeof SCOPES)[number];

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
