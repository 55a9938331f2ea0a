import type { ApiAnswer, ApiRequest } from '../world/apiTypes';
import type { ApprovalRow } from '../world/rows';
import type { ApprovalEntry } from '../world/store';
import type { World } from '../world/world';
import { apiError } from './errors';
import type { Execute } from './handler';

/** Queues a request whose key needs approval (§4) and answers 202. Nothing is executed. */
export function queueForApproval(world: World, request: ApiRequest): ApiAnswer {
	const { id } = enqueue(world, request).row;
	switch (world.settings.approvalBody) {
		case 'approval_id':
			return { status: 202, body: { approval_id: id, status: 'pending' } };
		case 'id':
			return { status: 202, body: { id, status: 'pending' } };
		case 'data.approval_id':
			return { status: 202, body: { data: { approval_id: id, status: 'pending' } } };
		case 'data.id':
			return { status: 202, body: { data: { id, status: 'pending' } } };
	}
}

/** Adds a pending approval for a request. */
export function enqueue(world: World, request: ApiRequest): ApprovalEntry {
	const [first, second] = request.path.split('/').slice(1);
	const [resource, action] = /^\/email\/(send|reply)$/.test(request.path)
		? ['email', 'send']
		: [
				first === 'scheduled-communications' ? 'dispatcher' : (second ?? 'email'),
				request.method === 'DELETE' ? 'delete' : 'write',
			];
	const row: ApprovalRow = {
		id: world.ids.next('approval'),
		company_id: world.store.workspaceId,
		api_key_id: request.key.id,
		resource,
		action,
		method: request.method,
		path: request.path,
		status: 'pending',
		request_body: request.body,
		target_id: request.params.id ?? null,
		created_at: world.clock.iso(),
		expires_at: null,
		resolved_at: null,
		resolved_by: null,
		executed: false,
		executed_at: null,
		execution_status: null,
		execution_result: null,
	};
	const entry = { ...world.store.entry(row, Date.parse(row.created_at)), request };
	return world.store.approvals.add(entry);
}

/**
 * Approving runs the request immediately with `execute` and stores its outcome. Throws 409 CONFLICT when the approval
 * is no longer pending.
 */
export function decide(
	world: World,
	entry: ApprovalEntry,
	decision: 'approved' | 'rejected' | 'expired',
	by: string | null,
	execute: Execute,
): ApprovalEntry {
	const { row, request } = entry;
	if (row.status !== 'pending') {
		throw apiError(409, {
			code: 'CONFLICT',
			message: `This approval is already ${row.status}.`,
			fix: 'Only pending approvals can be decided.',
		});
	}
	row.status = decision;
	row.resolved_at = world.clock.iso();
	row.resolved_by = by;
	if (decision === 'approved') {
		const answer = execute(world, { ...request, body: row.request_body ?? {} });
		row.execution_status = answer.status;
		row.execution_result = answer.body ?? null;
		row.executed = true;
		row.executed_at = row.resolved_at;
		if (world.settings.approvedStatus === 'executed') {
			row.status = answer.status < 300 ? 'executed' : 'failed';
		}
	}
	return entry;
}

/** The row as GET /approvals lists it; only GET /approvals/:id includes the outcome. */
export function listedRow({ row }: ApprovalEntry): Partial<ApprovalRow> {
	const { executed, executed_at, execution_status, execution_result, ...listed } = row;
	void [executed, executed_at, execution_status, execution_result];
	return listed;
}
