import type { ApiAnswer } from '../world/apiTypes';
import type { ApprovalEntry } from '../world/store';
import type { World } from '../world/world';
import { decide, listedRow } from './approvalQueue';
import { notFound } from './errors';
import type { Handler } from './handler';
import { pageOf } from './lists/paging';

const listApprovals: Handler = (request, world) => {
	const { listOrder } = world.settings;
	const { status = 'pending', resource } = request.query;
	const rows = world.store.approvals
		.sorted(listOrder)
		.filter(({ row }) => status === 'all' || row.status === status)
		.filter(({ row }) => resource === undefined || row.resource === resource);
	const page = pageOf(world, request, 'approvals', rows, listOrder);
	return { status: 200, body: { data: page.rows.map(listedRow), meta: page.pagination } };
};

const getApproval: Handler = ({ params }, world) => {
	const { row } = existing(world, params.id);
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
	const { row } = decide(world, existing(world, params.id), 'approved', key.name, execute);
	const { execution_status, execution_result } = row;
	return decided(world, {
		approval_id: row.id,
		status: row.status,
		execution_status,
		execution_result,
	});
};

const rejectApproval: Handler = ({ params, key }, world, execute) => {
	const { row } = decide(world, existing(world, params.id), 'rejected', key.name, execute);
	return decided(world, { approval_id: row.id, status: row.status });
};

export const approvalHandlers = { listApprovals, getApproval, approveApproval, rejectApproval };

function decided(world: World, body: Record<string, unknown>): ApiAnswer {
	return { status: 200, body: world.settings.decisionBody === 'data' ? { data: body } : body };
}

function existing(world: World, id: string): ApprovalEntry {
	const entry = world.store.approvals.get(id);
	if (entry === undefined) throw notFound('Approval');
	return entry;
}
