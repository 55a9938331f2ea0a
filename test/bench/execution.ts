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
import type { Settings, Subject } from './protocol';

export interface NodeRun {
	nodeType: INodeType | IVersionedNodeType;
	/** Full name; n8n treats its own HTTP Request node by it. */
	type: string;
	typeVersion?: number;
	parameters: IDataObject;
	credential: IDataObject;
	/** One empty item by default. */
	items?: INodeExecutionData[];
	onError?: INode['onError'];
}

let executions = 0;

/** A subject that runs Start → node through n8n's workflow engine and counts its output. */
export function nodeSubject(
	prepare: (settings: Settings) => NodeRun | Promise<NodeRun>,
	count = (output: INodeExecutionData[]): Record<string, number> => ({ rows: output.length }),
): Subject {
	return async (settings) => {
		const run = await prepareRun(await prepare(settings));
		return async () => count(await run());
	};
}

async function prepareRun(options: NodeRun): Promise<() => Promise<INodeExecutionData[]>> {
	const { type, typeVersion = 1, parameters, items = [{ json: {} }], onError } = options;
	const common = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const nodes: INode[] = [
		{ ...common, id: 'start', name: 'Start', type: 'bench.start' },
		{
			...common,
			id: 'node',
			name: 'Node',
			type,
			typeVersion,
			parameters: parameters as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			onError,
		},
	];
	const connections = { Start: { main: [[{ node: 'Node', type: 'main' as const, index: 0 }]] } };
	const nodeTypes = nodeTypesOf({ 'bench.start': start(items), [type]: options.nodeType });
	const additional = await additionalData(options.credential);
	const workflowData = { id: 'workflow', name: 'Bench', nodes, connections, active: false };

	return async () => {
		const workflow = new n8n.Workflow({
			...workflowData,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		// A new execution each time: within one, the node does not repeat a send that it knows of.
		const executionId = `execution-${process.pid}-${++executions}`;
		const hooks = new core.ExecutionLifecycleHooks('trigger', executionId, workflowData as never);
		const run = await new core.WorkflowExecute(
			{ ...additional, executionId, hooks },
			'trigger',
		).run({
			workflow,
			startNode: workflow.getNode('Start') ?? undefined,
		});
		const task = run.data.resultData.runData.Node?.at(-1);
		const error = task?.error ?? run.data.resultData.error;
		if (error) throw new Error(`${error.message} ${error.description ?? ''}`);
		return task?.data?.main.flatMap((output) => output ?? []) ?? [];
	};
}

export async function additionalData(
	credential: IDataObject,
): Promise<IWorkflowExecuteAdditionalData> {
	return {
		credentialsHelper: await credentialsHelper(credential),
		restApiUrl: '',
		instanceBaseUrl: '',
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		sendDataToUI: () => undefined,
		setExecutionStatus: () => undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
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
		description: { version: 1, defaults: {}, inputs: [], outputs: ['main'], properties: [] },
		execute: async () => [items.map((item) => ({ ...item }))],
	} as unknown as INodeType;
}
