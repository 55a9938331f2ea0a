import type { ApiAnswer } from '../world/apiTypes';
import type { ApprovalEntry } from '../world/store';
import type { World } from '../world/world';
import { decide, listedRow } from './approvalQueue';
import { notFound } from './errors';
import type { Handler } from './handler';
import { requireStatus } from './lists/statuses';
import { pageOf } from './lists/paging';

const listApprovals: Handler = (request, world) => {
	const { listOrder, approvedStatus } = world.settings;
	if (approvedStatus === 'approved') requireStatus(world, request, ['executed', 'failed']);
	const { status = 'pending', resource } = request.query;
	const rows = world.store.approvals
		.sorted(listOrder)
		.filter(({ row }) => status === 'all' || row.status === status)
		.filter(({ row }) => resource === undefined || row.resource === resource);
	const page = pageOf(world, request, 'approvals', rows, listOrder);
	return { status: 200, body: { data: page.rows.map(listedRow), meta: page.pagination } };
};

const getApproval: Handler = ({ params }, world) => {
	const entry = existing(world, params.id);
	const row = { ...entry.row, execution_result: executionResult(world, entry) };
	switch (world.settings.approvalRowBody) {
		case 'data':
			return { status: 200, body: { data: row } };
		case 'named':
			return { status: 200, body: { approval: row } };
		case 'root':
			return { status: 200, body: row };
	}
};

const approveApproval: Handler = ({ params, key }, world, execute) => {
	const entry = decide(world, existing(world, params.id), 'approved', key.name, execute);
	const { id, status, execution_status } = entry.row;
	const execution_result = executionResult(world, entry);
	return decided(world, { approval_id: id, status, execution_status, execution_result });
};

const rejectApproval: Handler = ({ params, key }, world, execute) => {
	const { row } = decide(world, existing(world, params.id), 'rejected', key.name, execute);
	return decided(world, { approval_id: row.id, status: row.status });
};

export const approvalHandlers = { listApprovals, getApproval, approveApproval, rejectApproval };

/** The stored answer of the approved request, or the object in its `data`. */
function executionResult(world: World, { row }: ApprovalEntry): unknown {
	const body = row.execution_result;
	const isWrapped = typeof body === 'object' && body !== null && 'data' in body;
	return world.settings.executionResult === 'data' && isWrapped ? body.data : body;
}

function decided(world: World, body: Record<string, unknown>): ApiAnswer {
	return { status: 200, body: world.settings.decisionBody === 'data' ? { data: body } : body };
}

function existing(world: World, id: string): ApprovalEntry {
	const entry = world.store.approvals.get(id);
	if (entry === undefined) throw notFound('Approval');
	return entry;
}
