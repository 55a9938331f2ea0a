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
	return { name, nodes: [start, node], connections: mainConnection(start.name, node.name) };
}

/** Thread: Get Many, and a reply to what it outputs. */
export function twoSteps(name: string, credential: CredentialReference) {
	const first = flow(name, credential, { resource: 'thread', operation: 'getAll' });
	const [, getMany] = first.nodes;
	const reply: WorkflowNode = {
		...getMany,
		name: 'Reply',
		position: [440, 0],
		parameters: { resource: 'email', operation: 'reply' },
	};
	return {
		name,
		nodes: [...first.nodes, reply],
		connections: { ...first.connections, ...mainConnection(getMany.name, reply.name) },
	};
}

/** n8n's HTTP Request node, with our credential. */
export function httpRequest(name: string, credential: CredentialReference, url: string) {
	const { nodes } = flow(name, credential, {
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'trustPagerApi',
	});
	const [start, node] = nodes;
	const request: WorkflowNode = {
		...node,
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
	};
	return {
		name,
		nodes: [start, request],
		connections: mainConnection(start.name, request.name),
	};
}

/** The connections of a workflow of two nodes. */
function mainConnection(from: string, to: string) {
	return { [from]: { main: [[{ node: to, type: 'main', index: 0 }]] } };
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
