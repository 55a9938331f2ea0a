import type { IDataObject } from 'n8n-workflow';

import { readDelivery } from '../../operations/atMostOnce/delivery';
import { isObject, textOf } from '../../values';
import type { RowEvent } from './event';

/**
 * API: GET /approvals shows when a request was decided, and GET /approvals/:id also what its execution came to. Newer
 * servers say `executed` or `failed` (2026-05) where older ones say `approved`.
 */
export const approvalDecided: RowEvent = {
	value: 'approvalDecided',
	noun: 'decided approval',
	path: '/approvals',
	scope: 'approvals:read',
	one: {
		path: '/approvals/{id}',
		name: 'approval',
		isNeeded: (row) =>
			['approved', 'executed', 'failed'].includes(textOf(row.status)?.toLowerCase() ?? '') &&
			row.execution_status == null &&
			row.execution_result == null,
	},
	statuses: [
		{
			name: 'Approved',
			value: 'approved',
			description: 'Some servers say Executed or Failed instead',
		},
		{ name: 'Executed', value: 'executed', description: 'Approved, and done by TrustPager' },
		{ name: 'Expired', value: 'expired' },
		{
			name: 'Failed',
			value: 'failed',
			description: 'Approved, but TrustPager did not complete it',
		},
		{ name: 'Rejected', value: 'rejected' },
	],
	sameAs: { executed: 'approved' },
	filters: {},
	lastingTimes: (row) => [row.resolved_at, decidedAt(row)],
	reachedAt: decidedAt,
	simplified: simplifyApproval,
};

/** One that expires is decided by nobody. */
function decidedAt({ resolved_at, status, expires_at }: IDataObject): unknown {
	return resolved_at ?? (textOf(status)?.toLowerCase() === 'expired' ? expires_at : undefined);
}

/** The decision, what was asked for, and what came of it. */
function simplifyApproval(approval: IDataObject): IDataObject {
	const body = isObject(approval.request_body) ? approval.request_body : {};
	return {
		id: approval.id ?? null,
		status: approval.status ?? null,
		resolved_at: approval.resolved_at ?? null,
		resolved_by: approval.resolved_by ?? null,
		method: approval.method ?? null,
		path: approval.path ?? null,
		to_email: body.to_email ?? null,
		subject: body.subject ?? null,
		execution_status: approval.execution_status ?? null,
		execution_reason: readDelivery(approval.execution_result).reason ?? null,
	};
}
