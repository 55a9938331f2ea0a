import type { INode } from 'n8n-workflow';

import type { Item } from '../../../nodes/TrustPager/parameters/item';
import type { NodeRun } from '../../../nodes/TrustPager/execution/nodeRun';
import { idempotencyKey } from '../../../nodes/TrustPager/operations/atMostOnce/idempotencyKey';
import { node } from '../../transport/answers';

interface Situation {
	execution?: string;
	type?: string;
	nodeId?: string;
	workflow?: string;
	instance?: string;
	round?: number;
	item?: number;
	run?: string;
	own?: string;
	mail?: Record<string, string>;
}

function keyOf(situation: Situation): string {
	const { execution = 'e-1', type = 'trustPager', nodeId = 'n-1', round = 0, item = 0 } = situation;
	const about: INode = { ...node, id: nodeId, type: `n8n-nodes-trustpager.${type}` };
	const context = {
		getNode: () => about,
		getInstanceId: () => situation.instance ?? 'i-1',
		getWorkflow: () => ({ id: situation.workflow ?? 'w-1' }),
		getExecutionId: () => (execution === '' ? undefined : execution),
	};
	return idempotencyKey(
		{ context, index: item, isToolCall: type.endsWith('Tool') } as unknown as Item,
		{ id: situation.run ?? 'r-1', runIndex: () => round } as unknown as NodeRun,
		situation.own ?? '',
		situation.mail ?? { subject: 'One' },
	);
}

const other: Situation = { mail: { subject: 'Two' } };

/** Guards: the same key for an email that n8n may repeat, another key for every other email. */
test.each<[string, Situation]>([
	['item', { item: 1 }],
	['loop iteration', { round: 1 }],
	['execution', { execution: 'e-2' }],
	['node', { nodeId: 'n-2' }],
	['workflow', { workflow: 'w-2' }],
	['n8n instance', { instance: 'i-2' }],
])('another %s gets another key', (_name, situation) => {
	expect(keyOf(situation)).not.toBe(keyOf({}));
});

test('the same item of the same run gets the same key, even when its content changes on a retry', () => {
	expect(keyOf({})).toMatch(/^n8n-[0-9a-f]{40}$/);
	expect(keyOf({})).toBe(keyOf({}));
	expect(keyOf(other)).toBe(keyOf({}));
});

test('as an AI tool, the calls within one run are distinguished by the email', () => {
	const type = 'trustPagerTool';
	expect(keyOf({ ...other, type })).not.toBe(keyOf({ type }));
	expect(keyOf({ type })).toBe(keyOf({ type }));
});

test('without an execution ID the run ID is used', () => {
	expect(keyOf({ execution: '', run: 'r-2' })).not.toBe(keyOf({ execution: '' }));
	expect(keyOf({ execution: '' })).toBe(keyOf({ execution: '' }));
});

test("the user's own key is sent unchanged", () => {
	expect(keyOf({ own: 'order-7', item: 3 })).toBe('order-7');
});
