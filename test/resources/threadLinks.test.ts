/** Thread: Delete and the links of Thread: Update, which only newer servers have. */
import type { IDataObject } from 'n8n-workflow';

import { byId, chosen, useSandbox } from '../engine/sandboxFixture';
import { testGoldens, type Golden } from './golden';

const idOf = (row: IDataObject) => String(row.id);

const GOLDENS: Golden[] = [
	{
		name: 'thread delete',
		parameters: ({ seed }) => ({
			resource: 'thread',
			operation: 'delete',
			threadId: chosen(seed.threads[1].id),
		}),
		requests: ({ seed }) => [{ method: 'DELETE', path: `/email/threads/${seed.threads[1].id}` }],
		rows: ({ seed }) => [{ deleted: true, id: seed.threads[1].id }],
		effect: ({ seed, now }) => {
			expect(now.threads.map(({ id }) => id)).not.toContain(seed.threads[1].id);
			expect(now.threads).toHaveLength(seed.threads.length - 1);
		},
	},
	{
		name: 'thread update, every link',
		parameters: ({ seed, records }) => ({
			resource: 'thread',
			operation: 'update',
			threadId: byId(seed.threads[0].id),
			updateFields: {
				linkContactId: chosen(records.contacts[1].id),
				linkCustomerId: byId(records.customers[1].id),
				linkDealId: byId(records.deals[1].id),
			},
		}),
		requests: ({ seed, records }) => [
			{
				method: 'PATCH',
				path: `/email/threads/${seed.threads[0].id}`,
				body: {
					link_contact_id: idOf(records.contacts[1]),
					link_customer_id: idOf(records.customers[1]),
					link_opportunity_id: idOf(records.deals[1]),
				},
			},
		],
		rows: ({ seed }) => [expect.objectContaining({ id: seed.threads[0].id }) as IDataObject],
		effect: ({ seed, now, records }) => {
			const thread = now.threads.find(({ id }) => id === seed.threads[0].id);
			const ids = (rows: Array<{ id: string }> = []) => rows.map(({ id }) => id);
			expect(ids(thread?.linked_entities.contacts)).toContain(records.contacts[1].id);
			expect(ids(thread?.linked_entities.customers)).toContain(records.customers[1].id);
			expect(ids(thread?.linked_entities.deals)).toContain(records.deals[1].id);
		},
	},
];

describe.each(['generated', 'stranger'] as const)('%s', (dialect) => {
	testGoldens(useSandbox(dialect), GOLDENS);
});

describe('an older server', () => {
	const fixture = useSandbox('2026-05');

	test.each([
		['delete', 'NOT_FOUND', {}],
		[
			'update',
			'link_contact_id',
			{ updateFields: { linkContactId: byId('1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d') } },
		],
	])('refuses %s, and its words are shown', async (operation, words, more) => {
		const { error } = await fixture.run({
			resource: 'thread',
			operation,
			threadId: byId(fixture.seed.threads[0].id),
			...more,
		});
		expect(`${error?.message} ${error?.description}`).toContain(words);
		expect(error?.httpCode).toMatch(/^4/);
		expect(await fixture.requests()).toHaveLength(1);
		expect((await fixture.control.snapshot()).threads).toEqual(fixture.seed.threads);
	});
});
