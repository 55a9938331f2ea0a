import { hashOf, uuidOf } from './ids';

export interface SandboxKeys {
	/** Everything the package uses. */
	full: string;
	/** All reads, no writes. */
	readOnly: string;
	/** email:read, email:send-approval, approvals:read, dispatcher:write-approval: sends and schedules are queued. */
	sendApproval: string;
	/** Accepted, but granted nothing. */
	noScopes: string;
}

export interface ApiKey {
	id: string;
	/** Stands for the key in recorded requests; the secret itself is never recorded. */
	name: string;
	secret: string;
	scopes: string[];
}

const READS = [
	'email:read',
	'dispatcher:read',
	'approvals:read',
	'contacts:read',
	'companies:read',
	'opportunities:read',
];

const SCOPES: Record<keyof SandboxKeys, string[]> = {
	full: [
		...READS,
		'email:send',
		'email:write',
		'email-config:write',
		'email-config:delete',
		'approvals:write',
		'dispatcher:write',
		'activities:write',
	],
	readOnly: READS,
	sendApproval: [
		'email:read',
		'email:send-approval',
		'approvals:read',
		'dispatcher:read',
		'dispatcher:write-approval',
	],
	noScopes: [],
};

/** The keys of every seed, with the same secrets in every run. */
export function seedKeys(): ApiKey[] {
	return (Object.keys(SCOPES) as Array<keyof SandboxKeys>).map((name) =>
		makeKey(name, SCOPES[name]),
	);
}

export function makeKey(name: string, scopes: string[]): ApiKey {
	const random = [1, 2, 3].map((n) => hashOf(`${name}/${n}`).toString(36).padStart(7, '0'));
	const secret = `tp_live_sandbox_${name.replace(/[^A-Za-z0-9]/g, '')}_${random.join('')}`;
	return { id: uuidOf(`key ${name}`, 1), name, secret, scopes };
}

const LADDERS = [
	['read', 'write-approval', 'write', 'delete-approval', 'delete'],
	['read', 'send-approval', 'send'],
];

export type Grant = { kind: 'granted' | 'approval' } | { kind: 'missing'; scopes: string[] };

/**
 * What a key may do with an operation. `alternatives` are sets of scopes; the key needs every scope of one set.
 * A higher rung of the help centre's ladder includes the lower ones, and `admin` includes everything. With the
 * `…-approval` rung of a write, the request is only queued for approval.
 */
export function grantOf(held: string[], alternatives: string[][]): Grant {
	let missing: string[] | undefined;
	for (const needed of alternatives.length > 0 ? alternatives : [[]]) {
		const lacking = needed.filter((scope) => !satisfies(held, scope));
		if (lacking.length === 0) return { kind: 'granted' };
		if (lacking.every((scope) => held.includes(`${scope}-approval`))) return { kind: 'approval' };
		missing ??= lacking;
	}
	return { kind: 'missing', scopes: missing ?? [] };
}

function satisfies(held: string[], needed: string): boolean {
	if (held.includes('admin') || held.includes(needed)) return true;
	const [resource, rung] = needed.split(':');
	return LADDERS.some((ladder) => {
		const from = ladder.indexOf(rung);
		return from >= 0 && ladder.slice(from).some((higher) => held.includes(`${resource}:${higher}`));
	});
}
