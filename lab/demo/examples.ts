/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LAB } from '../boot/environment';
import type { CredentialReference, WorkflowJson, WorkflowNode } from '../boot/types';

const CREDENTIAL = 'trustPagerApi';
const NODE = 'n8n-nodes-trustpager.trustPager';
/** The address that HTTP Request nodes of the examples name in full, as they have to. */
export const REAL_API = 'https://api.trustpager.com/functions/v1/api/v1';
/** Those that run at once by hand, in order of preference. Other triggers do if their output is pinned. */
const STARTERS = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

/** An example of examples/; `file` is its file's name without .json. */
export interface Example {
	file: string;
	workflow: WorkflowJson;
}

/**
 * The examples of examples/ with every node for TrustPager using the given credential. @param apiUrl what their HTTP
 * Request nodes call: a sandbox's key must not go to the real API
 */
export function readExamples(credential: CredentialReference, apiUrl = REAL_API): Example[] {
	const folder = join(LAB, '..', 'examples');
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => {
			const workflow = JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowJson;
			const nodes = workflow.nodes.map((node) => atAddress(node, apiUrl));
			const known = withCredential({ ...workflow, nodes }, credential);
			return { file: name.replace(/\.json$/, ''), workflow: known };
		});
}

/** The workflow with every node for TrustPager using the given credential; other nodes are unchanged. */
export function withCredential(
	workflow: WorkflowJson,
	credential: CredentialReference,
): WorkflowJson {
	const { id, name } = credential;
	const nodes = workflow.nodes.map((node) =>
		isOurs(node) || CREDENTIAL in (node.credentials ?? {})
			? { ...node, credentials: { ...node.credentials, [CREDENTIAL]: { id, name } } }
			: node,
	);
	return { ...workflow, nodes };
}

/** The example that npm start runs in the sandbox: the triage, which shows several branches. */
export function exampleToRun<One extends Example>(examples: One[]): One | undefined {
	return examples.find(
		({ file, workflow }) => file.includes('triage') && starterOf(workflow) !== undefined,
	);
}

/** The node at which a workflow can be started by hand without waiting for anything. */
export function starterOf({ nodes, pinData = {} }: WorkflowJson): string | undefined {
	const starters = STARTERS.flatMap((type) => nodes.filter((node) => node.type === type));
	return (starters[0] ?? nodes.find(({ name }) => name in pinData))?.name;
}

/** The names of the credentials that a workflow needs beside TrustPager's. */
export function needsOf({ nodes }: WorkflowJson): string[] {
	const all = nodes.flatMap(({ credentials = {} }) => Object.entries(credentials));
	return all.filter(([type]) => type !== CREDENTIAL).map(([, { name }]) => name);
}

/** Whether it starts on new inbound mail. */
export function isTriggered(workflow: WorkflowJson): boolean {
	return workflow.nodes.some((node) => node.type === `${NODE}Trigger`);
}

/** A workflow that only reads the latest threads; npm start runs it on a real account. */
export function readingWorkflow(credential: CredentialReference): WorkflowJson {
	const workflow: WorkflowJson = {
		name: 'Latest Threads',
		nodes: [
			{
				name: 'When clicking Execute',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Get many threads',
				type: NODE,
				typeVersion: 1,
				position: [220, 0],
				parameters: { resource: 'thread', operation: 'getAll', returnAll: false, limit: 5 },
			},
		],
		connections: {
			'When clicking Execute': { main: [[{ node: 'Get many threads', type: 'main', index: 0 }]] },
		},
	};
	return withCredential(workflow, credential);
}

function atAddress(node: WorkflowNode, apiUrl: string): WorkflowNode {
	const { url } = node.parameters;
	if (typeof url !== 'string') return node;
	return { ...node, parameters: { ...node.parameters, url: url.replace(REAL_API, apiUrl) } };
}

function isOurs(node: WorkflowNode): boolean {
	return ['', 'Trigger', 'Tool', 'HitlTool'].some((kind) => node.type === NODE + kind);
}
