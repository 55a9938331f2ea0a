// The engine's environment comes before n8n-core.
import { additionalData, nodeTypesOf } from './engine';

import { LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';

export type Search = keyof TrustPager['methods']['listSearch'];

/**
 * A listSearch method as n8n's server calls it while the node's panel is open: with n8n-core's own context and request
 * helpers, and the node's current parameters.
 */
export function openListSearch(
	name: Search,
	credential: ICredentialDataDecryptedObject,
	parameters: IDataObject,
) {
	const { nodeType, context } = open(credential, parameters);
	return async (filter?: string, paginationToken?: string): Promise<INodeListSearchResult> =>
		await nodeType.methods.listSearch[name].call(context, filter, paginationToken);
}

/** The options of a list in which several can be ticked, likewise. */
export async function openLoadOptions(
	name: keyof TrustPager['methods']['loadOptions'],
	credential: ICredentialDataDecryptedObject,
): Promise<INodePropertyOptions[]> {
	const { nodeType, context } = open(credential, {});
	return await nodeType.methods.loadOptions[name].call(context);
}

function open(credential: ICredentialDataDecryptedObject, parameters: IDataObject) {
	const nodeType = new TrustPager();
	const node: INode = {
		id: 'node-1',
		name: 'Temp-Node',
		type: 'n8n-nodes-trustpager.trustPager',
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf({ [node.type]: nodeType }),
	});
	const data = additionalData(credential, { currentNodeParameters: parameters });
	return { nodeType, context: new LoadOptionsContext(workflow, node, data, '') };
}
