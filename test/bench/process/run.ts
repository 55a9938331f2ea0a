/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { credentialsHelper } from './credentials';
import { core, n8n } from './n8n';

export interface NodeRun {
	nodeType: INodeType | IVersionedNodeType;
	/** Full name; n8n treats its own HTTP Request node by it. */
	type: string;
	typeVersion?: number;
	parameters: IDataObject;
	credential: IDataObject;
	items: INodeExecutionData[];
	onError?: INode['onError'];
}

let executions = 0;

/** Runs Start → node through n8n's workflow engine. @returns what `run` gives: the items that come out */
export async function prepareRun(options: NodeRun): Promise<() => Promise<INodeExecutionData[]>> {
	const { type, typeVersion = 1, parameters, items, onError } = options;
	const nodes: INode[] = [
		{
			id: 'start',
			name: 'Start',
			type: 'bench.start',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'node',
			name: 'Node',
			type,
			typeVersion,
			position: [1, 0],
			parameters: parameters as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			onError,
		},
	];
	const connections = { Start: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] } };
	const nodeTypes = nodeTypesOf({ 'bench.start': start(items), [type]: options.nodeType });
	const additional = await additionalData(options.credential);

	return async () => {
		const workflow = new n8n.Workflow({
			id: 'workflow',
			name: 'Bench',
			nodes,
			connections,
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		// A new execution each time: within one, the node does not send again what it knows as sent.
		const id = `execution-${process.pid}-${++executions}`;
		const hooks = new core.ExecutionLifecycleHooks('trigger', id, {
			id: 'workflow',
			name: 'Bench',
			nodes,
			connections,
			active: false,
		} as never);
		const data = { ...additional, executionId: id, hooks } as IWorkflowExecuteAdditionalData;
		const run = await new core.WorkflowExecute(data, 'trigger').run({
			workflow,
			startNode: workflow.getNode('Start') ?? undefined,
		});
		const task = run.data.resultData.runData.Node?.at(-1);
		const error = task?.error ?? run.data.resultData.error;
		if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
		return task?.data?.main.flatMap((output) => output ?? []) ?? [];
	};
}

export async function additionalData(credential: IDataObject): Promise<object> {
	return {
		credentialsHelper: await credentialsHelper(credential),
		restApiUrl: '',
		instanceBaseUrl: '',
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		sendDataToUI: () => undefined,
		setExecutionStatus: () => undefined,
	};
}

export function nodeTypesOf(types: Record<string, INodeType | IVersionedNodeType>): INodeTypes {
	return {
		getByName: (name: string) => types[name],
		getByNameAndVersion: (name: string, version?: number) =>
			n8n.NodeHelpers.getVersionedNodeType(types[name], version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
}

function start(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['trigger'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		execute: async () => [items.map((item) => ({ ...item }))],
	};
}
