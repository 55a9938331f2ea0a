import type { DialectCase } from './operations';
import { byId, ids, pendingOf, sorted } from './operations';

const NEW_CONFIG = {
	fromEmailHandle: 'support',
	fromName: 'Support',
	staffEmail: 'staff@example.com',
};

export const adminCases: DialectCase[] = [
	{
		operation: 'approval: getAll',
		about: 'pending ones, and all',
		run: async ({ seed, perform }) => {
			const pending = await perform('approval: getAll', { returnAll: true });
			expect(sorted(ids(pending.rows))).toEqual(sorted(ids(pendingOf(seed))));
			const all = await perform('approval: getAll', {
				returnAll: true,
				filters: { status: 'all' },
			});
			expect(sorted(ids(all.rows))).toEqual(sorted(ids(seed.approvals)));
		},
	},
	{
		operation: 'approval: get',
		about: 'the request that waits',
		run: async ({ seed, perform }) => {
			const [{ id, path }] = pendingOf(seed);
			const { rows } = await perform('approval: get', { approvalId: byId(id) });
			expect(rows).toMatchObject([{ id, path, status: 'pending' }]);
		},
	},
	{
		operation: 'approval: approve',
		about: 'runs the request once',
		run: async ({ seed, fixture, perform }) => {
			const [{ id }] = pendingOf(seed);
			const { rows, now } = await perform('approval: approve', { approvalId: byId(id) });
			expect(rows[0].status).toMatch(/^(approved|executed)$/);
			expect(now.approvals.find((row) => row.id === id)?.executed).toBe(true);
			expect(await fixture.control.outbox()).toHaveLength(1);
		},
	},
	{
		operation: 'approval: approve',
		about: 'of an email that is suppressed does not pass for sent',
		run: async ({ seed, fixture }) => {
			const [{ id, request_body }] = pendingOf(seed);
			await fixture.control.unsubscribe(String(request_body?.to_email));
			const outcome = await fixture.run({
				resource: 'approval',
				operation: 'approve',
				approvalId: byId(id),
			});
			const wasSent = (await fixture.control.outbox()).length > 0;
			const told = JSON.stringify([outcome.items, outcome.error]);
			expect(told.includes('suppressed')).toBe(!wasSent);
		},
	},
	{
		operation: 'approval: reject',
		about: 'never runs the request',
		run: async ({ seed, fixture, perform }) => {
			const [{ id }] = pendingOf(seed);
			const { rows, now } = await perform('approval: reject', { approvalId: byId(id) });
			expect(rows).toMatchObject([{ status: 'rejected' }]);
			expect(now.approvals.find((row) => row.id === id)?.status).toBe('rejected');
			expect(await fixture.control.outbox()).toEqual([]);
		},
	},
	{
		operation: 'config: create',
		about: 'once, and its row is the output',
		run: async ({ seed, perform }) => {
			const { rows, now } = await perform('config: create', NEW_CONFIG);
			expect(now.configs).toHaveLength(seed.configs.length + 1);
			const added = now.configs.find(({ id }) => !ids(seed.configs).includes(id));
			expect(rows).toMatchObject([{ id: added?.id, from_name: 'Support' }]);
		},
	},
	{
		operation: 'config: get',
		about: 'the configuration',
		run: async ({ seed, perform }) => {
			const [{ id, from_name }] = seed.configs;
			const { rows } = await perform('config: get', { configId: byId(id) });
			expect(rows).toMatchObject([{ id, from_name }]);
		},
	},
	{
		operation: 'config: getAll',
		about: 'every configuration',
		run: async ({ seed, perform }) => {
			const { rows } = await perform('config: getAll', { returnAll: true });
			expect(sorted(ids(rows))).toEqual(sorted(ids(seed.configs)));
		},
	},
	{
		operation: 'config: update',
		about: 'what was given, and nothing else',
		run: async ({ seed, perform }) => {
			const [{ id, staff_email }] = seed.configs;
			const { rows, now } = await perform('config: update', {
				configId: byId(id),
				updateFields: { fromName: 'Front Desk' },
			});
			expect(rows).toMatchObject([{ id, from_name: 'Front Desk' }]);
			expect(now.configs.find((row) => row.id === id)).toMatchObject({
				from_name: 'Front Desk',
				staff_email,
			});
		},
	},
	{
		operation: 'config: delete',
		about: 'is gone',
		run: async ({ fixture, seed, perform }) => {
			const { id } = seed.configs[seed.configs.length - 1];
			const credential = fixture.credential({
				apiKey: await fixture.control.addKey({ scopes: ['admin'] }),
			});
			const outcome = await fixture.run(
				{ resource: 'config', operation: 'delete', configId: byId(id) },
				{ credential },
			);
			expect(outcome.items.map(({ json }) => json)).toEqual([{ deleted: true, id }]);
			const { rows } = await perform('config: getAll', { returnAll: true });
			expect(ids(rows)).not.toContain(id);
		},
	},
];
