/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine-tests-only-engine-tests-only';
process.env.N8N_LOG_LEVEL ??= 'silent';

import {
	DirectoryLoader,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
	type ExecuteContext,
} from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	ITaskData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';

import { TrustPagerApi } from '../../credentials/TrustPagerApi.credentials';
import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';

export type NodeSettings = Partial<
	Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'id'>
>;

export interface RunOptions {
	parameters: IDataObject;
	credential: Partial<ICredentialDataDecryptedObject>;
	items?: INodeExecutionData[];
	settings?: NodeSettings;
	executionId?: string;
	/** Called with the running execution, so that a test can cancel it. */
	onStart?: (cancel: () => void) => void;
}

export interface Outcome {
	status: IRun['status'];
	/** Items of the success output and of the error output. */
	items: INodeExecutionData[];
	failed: INodeExecutionData[];
	/** What n8n stores as the node's error. */
	error?: { name: string; message: string; description?: string; httpCode?: string };
	/** Everything that the execution would save, for tests that look for secrets. */
	stored: string;
}

const type = new TrustPagerApi();

/** What n8n's server does around a credential, with the decrypted data given by the test. */
export function credentialsHelper(credential: Partial<ICredentialDataDecryptedObject>) {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => [],
		getDecrypted: async () => ({ ...credential }),
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		authenticate: async (
			data: ICredentialDataDecryptedObject,
			_type: string,
			options: IHttpRequestOptions,
		) => await type.authenticate(data, options),
	};
}

export function additionalData(
	credential: Partial<ICredentialDataDecryptedObject>,
	extra: IDataObject = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: credentialsHelper(credential),
		executionId: 'execution-1',
		restApiUrl: '',
		instanceBaseUrl: '',
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		sendDataToUI: () => undefined,
		setExecutionStatus: () => undefined,
		...extra,
	} as unknown as IWorkflowExecuteAdditionalData;
}

export function nodeTypesOf(types: Record<string, INodeType>): INodeTypes {
	const find = (name: string) => types[name];
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
}

function source(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['trigger'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [items.map((item) => ({ ...item }))],
	};
}

/** Which way n8n takes into the node; without customOperations it is RoutingNode, as for some AI agents' tools. */
export const way = { customOperations: true };

/** The node as n8n's server loads it: with the engine's own options, and RoutingNode as its `execute`. */
export function declarative(nodeType: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	const shim: INodeType = Object.create(nodeType) as INodeType;
	if (!way.customOperations) shim.customOperations = undefined;
	shim.execute = async function (this) {
		return (await new RoutingNode(this as unknown as ExecuteContext, nodeType).runNode()) ?? [];
	};
	return shim;
}

/** Runs Start → TrustPager through n8n's real workflow engine. */
export async function runNode(options: RunOptions): Promise<Outcome> {
	const { parameters, credential, items = [{ json: {} }], settings, executionId } = options;
	const nodes: INode[] = [
		{
			id: 'start',
			name: 'Start',
			type: 'test.start',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'node-1',
			name: 'TrustPager',
			type: 'n8n-nodes-trustpager.trustPager',
			typeVersion: 1,
			position: [1, 0],
			parameters: parameters as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			...settings,
		},
	];
	const connections = {
		Start: { main: [[{ node: 'TrustPager', type: NodeConnectionTypes.Main, index: 0 }]] },
	};
	const nodeTypes = nodeTypesOf({
		'test.start': source(items),
		'n8n-nodes-trustpager.trustPager': declarative(new TrustPager()),
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const id = executionId ?? `execution-${Math.random()}`;
	const hooks = new ExecutionLifecycleHooks('manual', id, {
		id: 'workflow-1',
		name: 'Test',
		nodes,
		connections,
		active: false,
	} as never);
	const data = additionalData(credential, { executionId: id, hooks: hooks as never });
	const running = new WorkflowExecute(data, 'manual').run({
		workflow,
		startNode: workflow.getNode('Start') ?? undefined,
	});
	options.onStart?.(() => running.cancel());
	return outcomeOf(await running);
}

function outcomeOf(run: IRun): Outcome {
	const task: ITaskData | undefined = run.data.resultData.runData.TrustPager?.at(-1);
	const main = task?.data?.main ?? [];
	const error = task?.error ?? run.data.resultData.error;
	return {
		status: run.status,
		items: main[0] ?? [],
		failed: main[1] ?? [],
		error: error && (error as unknown as Outcome['error']),
		stored: JSON.stringify(run.data, (_key, value: unknown) =>
			value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
		),
	};
}

/** The plain rows of an outcome. */
export const rows = (items: INodeExecutionData[]) => items.map((item) => item.json);
