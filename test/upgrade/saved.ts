import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';
import manifest from '../../package.json';
import type { Bench } from '../engine/bench';
import type { Case } from './cases';
import type { StoredWorkflow } from './stored';

/** A case's workflow as n8n's editor saves it: without what has its default, or is not shown. */
export function saved(bench: Bench, each: Case): StoredWorkflow {
	const isTrigger = each.name.startsWith('trigger');
	const { description } = isTrigger ? new TrustPagerTrigger() : new TrustPager();
	const parameters = each.parameters({ seed: bench.seed, records: bench.records });
	const node = { typeVersion: 1, parameters } as unknown as INode;
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		parameters as INodeParameters,
		false,
		false,
		node,
		description,
	);
	const ours: StoredWorkflow['nodes'][number] = {
		id: 'b3b1f3c0-0000-4000-8000-000000000002',
		name: description.displayName,
		type: `${manifest.name}.${description.name}`,
		typeVersion: 1,
		position: [220, 0],
		parameters: {
			...(isTrigger ? { pollTimes: { item: [{ mode: 'everyMinute' }] } } : {}),
			...(kept as IDataObject),
		},
		credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
		...each.settings,
	};
	if (isTrigger) return { name: each.name, nodes: [ours], connections: {} };
	const start: StoredWorkflow['nodes'][number] = {
		id: 'b3b1f3c0-0000-4000-8000-000000000001',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const next = [[{ node: ours.name, type: 'main', index: 0 }]];
	return {
		name: each.name,
		nodes: [start, ours],
		connections: { Start: { main: next } },
		...(each.items ? { pinData: { Start: each.items } } : {}),
	};
}
