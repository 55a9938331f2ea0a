import type { CredentialReference, WorkflowNode } from './n8n';

/** A workflow of a manual trigger and, if there are parameters, our node with them. */
export function flow(
	name: string,
	{ id, name: credentialName }: CredentialReference,
	parameters?: Record<string, unknown>,
) {
	const start: WorkflowNode = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	if (parameters === undefined) return { name, nodes: [start], connections: {} };
	const node: WorkflowNode = {
		name: 'TrustPager',
		type: 'n8n-nodes-trustpager.trustPager',
		typeVersion: 1,
		position: [220, 0],
		parameters,
		credentials: { trustPagerApi: { id, name: credentialName } },
	};
	const connections = { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } };
	return { name, nodes: [start, node], connections };
}

/** n8n runs each entry at most once per minute, but allows any number of entries. */
export function pollingEveryTwoSeconds(node: WorkflowNode): WorkflowNode {
	if (!('pollTimes' in node.parameters)) return node;
	const item = Array.from({ length: 30 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * 2} * * * * *`,
	}));
	return { ...node, parameters: { ...node.parameters, pollTimes: { item } } };
}
