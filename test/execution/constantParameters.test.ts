import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { readConstantsOnce } from '../../nodes/TrustPager/execution/constantParameters';

/** How often n8n is asked for `name` when three items read it; its values are all different. */
function readsOf(parameters: IDataObject, name: string): { reads: number; values: Set<unknown> } {
	let reads = 0;
	const run = { getNodeParameter: () => ({ read: ++reads }) };
	const read = readConstantsOnce(
		run as unknown as IExecuteFunctions,
		{ parameters } as unknown as INode,
	);
	const values = new Set([0, 1, 2].map((item) => read(name, item)));
	return { reads, values };
}

test.each([
	['a text', 'Hello'],
	['an empty text', ''],
	['a number', 5],
	['nothing', null],
	['an empty collection', {}],
	['a collection', { cc: 'ann@example.com', contactId: { __rl: true, mode: 'id', value: '7' } }],
	['a list', ['open', 'closed']],
	['a text with an equals sign inside', 'a=b'],
])('%s is read once per run', (_what, value) => {
	const { reads, values } = readsOf({ field: value as IDataObject }, 'field');
	expect(reads).toBe(1);
	expect(values.size).toBe(1);
});

test.each([
	['an expression', '={{ $json.email }}'],
	['text in expression mode', '=Hello'],
	['a collection with an expression', { cc: 'ann@example.com', toName: '={{ $json.name }}' }],
	['an expression deep inside', { values: [{ value: ['a', '={{ $json.name }}'] }] }],
])('%s is read for each item', (_what, value) => {
	expect(readsOf({ field: value as IDataObject }, 'field').reads).toBe(3);
});

test('a parameter that n8n has not saved is read for each item, as its fallback may differ', () => {
	expect(readsOf({}, 'field').reads).toBe(3);
});

test('no parameter asks n8n for a check, which is left out', () => {
	const described = JSON.stringify(new TrustPager().description);
	expect(described).not.toMatch(/"validateType"|"resourceMapper"/);
});
