import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { TrustPagerTrigger } from '../../nodes/TrustPager/TrustPagerTrigger.node';
import manifest from '../../package.json';
import type { SandboxFixture } from '../engine/sandboxFixture';
import type { Case } from './cases';
import type { StoredWorkflow } from './stored';

/** A case's node as n8n's editor saves it: without parameters that have their default or are not shown. */
export function saved(
	bench: SandboxFixture,
	{ name, parameters, items, settings }: Case,
): StoredWorkflow {
	const [resource, operation] = name.split('-');
	const isTrigger = resource === 'trigger';
	const { description } = isTrigger ? new TrustPagerTrigger() : new TrustPager();
	const chosen: IDataObject = {
		...(isTrigger ? {} : { resource, operation }),
		...parameters({ seed: bench.seed, records: bench.records }),
	};
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		chosen as INodeParameters,
		false,
		false,
		{ typeVersion: 1, parameters: chosen } as unknown as INode,
		description,
	);
	return {
		node: {
			name: description.displayName,
			type: `${manifest.name}.${description.name}`,
			typeVersion: 1,
			parameters: {
				...(isTrigger ? { pollTimes: { item: [{ mode: 'everyMinute' }] } } : {}),
				...(kept as IDataObject),
			},
			...settings,
		},
		...(items ? { items } : {}),
	};
}
