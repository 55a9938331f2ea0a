// Sets the environment before n8n-core is loaded.
import { additionalData, nodeTypesOf } from './engine';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INode, INodeType } from 'n8n-workflow';
import { createEmptyRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';

export interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}

const type = new TrustPagerApi();

/** The node that n8n creates for the test. */
const TEMPORARY_NODE: INode = {
	id: 'temp',
	parameters: {},
	name: 'Temp-Node',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	credentials: { [type.name]: { id: '1', name: 'TrustPager' } },
};

/** Does what n8n's server does when a credential is saved or tested: one request through RoutingNode, then the rules. */
export async function testCredential(
	credential: ICredentialDataDecryptedObject,
): Promise<TestResult> {
	const node = { ...TEMPORARY_NODE };
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: type.test.request },
					default: '',
				},
			],
		},
	};
	const nodeTypes = nodeTypesOf({ [node.type]: nodeType });
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = additionalData(credential);
	const context = new ExecuteContext(
		workflow,
		node,
		data,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const routing = new RoutingNode(context, nodeType, {
		id: '1',
		name: 'TrustPager',
		type: type.name,
		data: credential,
	});
	try {
		await routing.runNode();
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: messageOf(error) };
	}
}

/** The base URL to which the test of a credential would send its request. */
export function testAddress(baseUrl: string): string {
	const node = { ...TEMPORARY_NODE };
	const nodeTypes = nodeTypesOf({ [node.type]: { description: { properties: [] } } as never });
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { baseURL = '' } = type.test.request;
	const keys = { $credentials: { baseUrl } };
	return String(
		workflow.expression.getSimpleParameterValue(node, String(baseURL), 'internal', keys),
	);
}

interface Cause {
	code?: string;
	response?: { status: number; statusText?: string };
}

function messageOf(error: unknown): string {
	const { cause, message } = error as Error & { cause?: Cause };
	if (cause?.response) {
		const { status, statusText } = cause.response;
		const rule = (type.test.rules ?? []).find(
			(one) => one.type === 'responseCode' && one.properties.value === status,
		);
		return rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`);
	}
	return cause?.code ?? message;
}
