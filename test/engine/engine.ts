/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine-tests-only-engine-tests-only';
process.env.N8N_LOG_LEVEL ??= 'silent';
// n8n 1 keeps binary data in memory by default; later versions keep it as files.
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';

import {
	DirectoryLoader,
	ExecutionLifecycleHooks,
	RoutingNode,
	WorkflowExecute,
	type ExecuteContext,
} from 'n8n-core';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
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
import { start } from './n8nCore';
import './regexWithoutClock';

export type NodeSettings = Partial<
	Pick<INode, 'onError' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'id'>
>;

/** The decrypted data of a credential, or a function of the item's index, as for fields with expressions. */
export type CredentialData =
	| Partial<ICredentialDataDecryptedObject>
	| ((itemIndex: number) => Partial<ICredentialDataDecryptedObject>);

export interface RunOptions {
	parameters: IDataObject;
	credential: CredentialData;
	items?: INodeExecutionData[];
	settings?: NodeSettings;
	executionId?: string;
	/** Whether the node runs as the tool of an AI agent, under the type that n8n gives it there. */
	isTool?: boolean;
	/** Called with the running execution, so that a test can cancel it. */
	onStart?: (cancel: () => void) => void;
}

export interface Outcome {
	status: IRun['status'];
	/** Items of the success output and of the error output. */
	items: INodeExecutionData[];
	failed: INodeExecutionData[];
	/** The node's error as n8n stores it. */
	error?: { name: string; message: string; description?: string; httpCode?: string };
	/** What n8n shows above the output. */
	hints: string[];
	/** Until when the execution waits; undefined when it has ended. */
	waitTill?: Date | null;
	/** Everything that n8n would store about the execution, for tests that search for secrets. */
	stored: string;
}

const type = new TrustPagerApi();

/** n8n's handling of credentials, with the decrypted data given by the test. */
export function credentialsHelper(credential: CredentialData) {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => [],
		getDecrypted: async (...[, , , , , , place]: Parameters<ICredentialsHelper['getDecrypted']>) =>
			typeof credential === 'function' ? credential(place?.itemIndex ?? 0) : { ...credential },
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
	credential: CredentialData,
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

/** A node that outputs the items in its first `count` runs, and nothing afterwards. */
function source(items: INodeExecutionData[], count = 1): INodeType {
	let runs = 0;
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute: async () => [runs++ < count ? items.map((item) => ({ ...item })) : []],
	};
}

/**
 * The entry point through which n8n runs the node: `customOperations` in ordinary runs, the routing `pagination` function
 * (called by RoutingNode) when the node is a tool of some AI agents.
 */
export const entryPoint: { name: 'customOperations' | 'pagination' } = { name: 'customOperations' };

/** The node as n8n's server loads it: with the options that n8n adds, and RoutingNode as its `execute`. */
export function declarative(nodeType: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	const shim: INodeType = Object.create(nodeType) as INodeType;
	if (entryPoint.name === 'pagination') shim.customOperations = undefined;
	shim.execute = async function (this) {
		return (await new RoutingNode(this as unknown as ExecuteContext, nodeType).runNode()) ?? [];
	};
	return shim;
}

/** Runs Start → TrustPager through n8n's real workflow engine. */
export async function runNode(options: RunOptions): Promise<Outcome> {
	const { items = [{ json: {} }] } = options;
	return readOutcome(await runWorkflow(source(items), { Start: to('TrustPager') }, options));
}

/**
 * Runs Start → TrustPager → Start … so that the node runs `count` times in one execution.
 * @returns the rows of each iteration, or `{ failed: message }`
 */
export async function runLoop(options: RunOptions, count: number): Promise<IDataObject[][]> {
	const connections = { Start: to('TrustPager'), TrustPager: to('Start') };
	const run = await runWorkflow(source([{ json: {} }], count), connections, options);
	return (run.data.resultData.runData.TrustPager ?? []).map((task) =>
		task.error ? [{ failed: task.error.message }] : rows(task.data?.main[0] ?? []),
	);
}

const to = (node: string) => ({ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] });

async function runWorkflow(
	startType: INodeType,
	connections: IConnections,
	{ parameters, credential, settings, executionId, isTool, onStart }: RunOptions,
): Promise<IRun> {
	const type = `n8n-nodes-trustpager.trustPager${isTool ? 'Tool' : ''}`;
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	const nodes: INode[] = [
		{ ...base, id: 'start', name: 'Start', type: 'test.start', parameters: {} },
		{
			...base,
			id: 'node-1',
			name: 'TrustPager',
			type,
			parameters: parameters as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			...settings,
		},
	];
	const types = { 'test.start': startType, [type]: declarative(new TrustPager()) };
	const running = startRun({
		nodes,
		connections,
		types,
		startAt: 'Start',
		credential,
		executionId,
	});
	onStart?.(() => running.cancel());
	return await running;
}

export interface WorkflowRun {
	nodes: INode[];
	connections: IConnections;
	types: Record<string, INodeType>;
	/** Name of the node at which the run starts, with one empty item. */
	startAt: string;
	credential: CredentialData;
	executionId?: string;
}

/** Runs a workflow of any nodes through n8n's real workflow engine. A node whose type is not among `types` is an error. */
export function startRun(run: WorkflowRun): ReturnType<typeof start> {
	const { nodes, connections, types, startAt, credential } = run;
	const nodeTypes = nodeTypesOf(types);
	const about = { id: 'workflow-1', name: 'Test', nodes, connections, active: false };
	const workflow = new Workflow({ ...about, nodeTypes, settings: { executionOrder: 'v1' } });
	const id = run.executionId ?? `execution-${Math.random()}`;
	const hooks = new ExecutionLifecycleHooks('manual', id, about as never);
	const data = additionalData(credential, { executionId: id, hooks: hooks as never });
	return start(new WorkflowExecute(data, 'manual'), workflow, startAt);
}

function readOutcome(run: IRun): Outcome {
	const task: ITaskData | undefined = run.data.resultData.runData.TrustPager?.at(-1);
	const main = task?.data?.main ?? [];
	const error = task?.error ?? run.data.resultData.error;
	return {
		status: run.status,
		items: main[0] ?? [],
		failed: main[1] ?? [],
		hints: (task?.hints ?? []).map(({ message }) => message),
		waitTill: run.waitTill,
		error: error && (error as unknown as Outcome['error']),
		stored: JSON.stringify(run.data, (_key, value: unknown) =>
			value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
		),
	};
}

/** The plain rows of an outcome. */
export const rows = (items: INodeExecutionData[]) => items.map((item) => item.json);
