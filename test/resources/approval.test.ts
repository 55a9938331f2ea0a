import type { IDataObject } from 'n8n-workflow';

import type { Snapshot } from '../../sandbox';
import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const fixture = useSandbox();
const api = (row: unknown) => row as IDataObject;
const pending = ({ approvals }: Snapshot) => approvals.filter(({ status }) => status === 'pending');

const GOLDENS: Golden[] = [
	{
		name: 'approval getAll, defaults: pending approvals',
		parameters: () => ({ resource: 'approval', operation: 'getAll' }),
		requests: () => [{ method: 'GET', path: '/approvals', query: { limit: '50' } }],
		rows: ({ seed }) =>
			pending(seed).map(({ id }) => expect.objectContaining({ id, approval_id: id })),
	},
	{
		name: 'approval getAll, status all',
		parameters: () => ({
			resource: 'approval',
			operation: 'getAll',
			returnAll: true,
			filters: { status: 'all' },
		}),
		requests: () => [{ method: 'GET', path: '/approvals', query: { limit: '100', status: 'all' } }],
		rows: ({ seed }) => seed.approvals.map(({ id }) => expect.objectContaining({ id })),
	},
	{
		name: 'approval get',
		parameters: ({ seed }) => ({
			resource: 'approval',
			operation: 'get',
			approvalId: chosen(pending(seed)[0].id),
		}),
		requests: ({ seed }) => [{ method: 'GET', path: `/approvals/${pending(seed)[0].id}` }],
		rows: ({ seed }) => [{ ...api(pending(seed)[0]), approval_id: pending(seed)[0].id }],
	},
	{
		name: 'approval approve',
		parameters: ({ seed }) => ({
			resource: 'approval',
			operation: 'approve',
			approvalId: byId(pending(seed)[0].id),
		}),
		requests: ({ seed }) => [{ method: 'POST', path: `/approvals/${pending(seed)[0].id}/approve` }],
		rows: ({ seed }) => [
			{
				approval_id: pending(seed)[0].id,
				status: 'approved',
				execution_status: 200,
				execution_result: expect.anything(),
			},
		],
		effect: ({ seed, now }) => expect(now.logs).toHaveLength(seed.logs.length + 1),
	},
	...['', 'Wrong recipient'].map(
		(reason): Golden => ({
			name: `approval reject, reason '${reason}'`,
			parameters: ({ seed }) => ({
				resource: 'approval',
				operation: 'reject',
				approvalId: byId(pending(seed)[0].id),
				reason,
			}),
			requests: ({ seed }) => [
				{
					method: 'POST',
					path: `/approvals/${pending(seed)[0].id}/reject`,
					...(reason ? { body: { reason } } : {}),
				},
			],
			rows: ({ seed }) => [{ approval_id: pending(seed)[0].id, status: 'rejected' }],
			effect: ({ seed, now }) => expect(pending(now)).toHaveLength(pending(seed).length - 1),
		}),
	),
];

testGoldens(fixture, GOLDENS);

test('reads an approval whose answer is not wrapped in data', async () => {
	await fixture.control.set({ approvalRowBody: 'root' });
	const [{ id }] = pending(fixture.seed);
	const outcome = await fixture.run({
		resource: 'approval',
		operation: 'get',
		approvalId: byId(id),
	});
	expect(outcome.items.map(({ json }) => json.id)).toEqual([id]);
});
