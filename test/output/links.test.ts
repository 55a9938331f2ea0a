/** Deals and customers under both of their names, wherever a server puts them. */
import type { IDataObject } from 'n8n-workflow';

import type { LinkKind } from '../../nodes/TrustPager/output/links';
import { linkedId, linkedIds } from '../../nodes/TrustPager/output/links';
import { simplifyLog, simplifyThread } from '../../nodes/TrustPager/output/simplify';
import { toItem } from '../../nodes/TrustPager/trigger/output';
import { readThreadRow } from '../../nodes/TrustPager/trigger/poll/rows';

const linked = (entities: object) => ({ id: 't1', linked_entities: entities }) as IDataObject;

test.each<[string, IDataObject, LinkKind, string[]]>([
	['contacts', linked({ contacts: [{ id: 'c1' }, { id: 'c2' }] }), 'contact', ['c1', 'c2']],
	['deals', linked({ deals: [{ id: 'd1' }] }), 'deal', ['d1']],
	['opportunities', linked({ opportunities: [{ id: 'd1' }] }), 'deal', ['d1']],
	['both', linked({ deals: [{ id: 'd1' }], opportunities: [{ id: 'd1' }] }), 'deal', ['d1']],
	['an empty old list', linked({ deals: [], opportunities: [{ id: 'd2' }] }), 'deal', ['d2']],
	['customers', linked({ customers: [{ id: 'k1' }] }), 'customer', ['k1']],
	['companies', linked({ companies: [{ id: 'k1' }] }), 'customer', ['k1']],
	['a single object', linked({ company: { id: 'k1' } }), 'customer', ['k1']],
	['a list of IDs', linked({ companies: ['k1', ' k2 ', '', null, 7] }), 'customer', ['k1', 'k2']],
	['an ID', linked({ opportunity_id: 'd1' }), 'deal', ['d1']],
	['the row: contact_id', { contact_id: 'c1' }, 'contact', ['c1']],
	['the row: contact', { contact: { id: 'c1', name: 'Ann' } }, 'contact', ['c1']],
	['the row: deal_id', { deal_id: 'd1' }, 'deal', ['d1']],
	['the row: opportunity_id', { opportunity_id: 'd1' }, 'deal', ['d1']],
	['the row: null beside the new name', { deal_id: null, opportunity_id: 'd1' }, 'deal', ['d1']],
	['the row: opportunity', { opportunity: { id: 'd1' } }, 'deal', ['d1']],
	['the row: customer_id', { customer_id: 'k1' }, 'customer', ['k1']],
	[
		'the list before the row',
		{ ...linked({ deals: ['d1'] }), deal_id: 'd2' },
		'deal',
		['d1', 'd2'],
	],
	['a name that is no ID', { deal: 'Roof' }, 'deal', []],
	['nothing', { id: 't1' }, 'deal', []],
	['a list where the object should be', { linked_entities: [{ id: 'd1' }] }, 'deal', []],
])('%s', (_name, row, kind, ids) => {
	expect(linkedIds(row, kind)).toEqual(ids);
	expect(linkedId(row, kind)).toBe(ids[0] ?? null);
});

describe('company_id is the workspace', () => {
	test.each<[string, IDataObject]>([
		['alone', { company_id: 'w' }],
		['beside a customer', { company_id: 'w', customer_id: null, opportunity_id: 'd1' }],
		['beside an old name', { company_id: 'w', deal_id: 'd1', opportunity_id: 'd1' }],
		['in an approval', { company_id: 'w', api_key_id: 'a', opportunity_id: 'd1' }],
		['beside the lists', { ...linked({ companies: [] }), company_id: 'w', opportunity_id: 'd1' }],
	])('%s', (_name, row) => {
		expect(linkedIds(row, 'customer')).toEqual([]);
	});

	test('but the customer in a row that has new names only', () => {
		expect(linkedIds({ company_id: 'k1', opportunity_id: null }, 'customer')).toEqual(['k1']);
	});
});

describe('simplified rows keep their keys', () => {
	const links = { contacts: [{ id: 'c1' }], opportunities: [{ id: 'd1' }] };

	test('threads', () => {
		expect(simplifyThread(linked(links))).toMatchObject({ contact_id: 'c1', deal_id: 'd1' });
	});

	test('logs', () => {
		const log = { id: 'l1', contact: { id: 'c1' }, opportunity_id: 'd1' };
		expect(simplifyLog(log)).toMatchObject({ contact_id: 'c1', deal_id: 'd1' });
	});

	test.each<[string, IDataObject]>([
		['linked entities', linked(links)],
		['fields of the row', { id: 't1', contact_id: 'c1', opportunity_id: 'd1' }],
	])('the trigger: %s', (_name, row) => {
		const thread = readThreadRow(row)?.about ?? {};
		const message = { id: 'm1' };
		expect(toItem({ message, thread }, true).json).toMatchObject({
			thread_id: 't1',
			contact_id: 'c1',
			deal_id: 'd1',
		});
	});

	test("the trigger's full item has the linked entities as the server gave them", () => {
		const thread = readThreadRow(linked(links))?.about ?? {};
		expect(toItem({ message: { id: 'm1' }, thread }, false).json.thread).toEqual({
			id: 't1',
			subject: null,
			status: null,
			participants: [],
			linked_entities: links,
		});
	});
});
