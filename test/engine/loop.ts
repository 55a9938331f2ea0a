import type { IDataObject, INode, INodeExecutionData, INodeType, ITaskData } from 'n8n-workflow';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import type { RunOptions } from './engine';
import { additionalData, declarative, nodeTypesOf } from './engine';
import { start } from './n8nCore';

/** Lets what comes in pass `rounds` times, then ends. */
function gate(rounds: number): INodeType {
	let passed = 0;
	return {
		description: {
			displayName: 'Gate',
			name: 'gate',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [passed++ < rounds ? this.getInputData() : []];
		},
	};
}

/** Runs Gate → TrustPager → Gate … so that the node runs `rounds` times in one execution; the rows of each round. */
export async function runLoop(
	{ parameters, credential, settings }: RunOptions,
	rounds: number,
): Promise<IDataObject[][]> {
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	const nodes: INode[] = [
		{ ...base, id: 'gate', name: 'Gate', type: 'test.gate', parameters: {} },
		{
			...base,
			id: 'node-1',
			name: 'TrustPager',
			type: 'n8n-nodes-trustpager.trustPager',
			parameters: parameters as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			...settings,
		},
	];
	const to = (node: string) => ({
		main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]],
	});
	const nodeTypes = nodeTypesOf({
		'test.gate': gate(rounds),
		'n8n-nodes-trustpager.trustPager': declarative(new TrustPager()),
	});
	const connections = { Gate: to('TrustPager'), TrustPager: to('Gate') };
	const about = { id: 'workflow-1', name: 'Test', nodes, connections, active: false };
	const workflow = new Workflow({ ...about, nodeTypes, settings: { executionOrder: 'v1' } });
	const id = `loop-${Math.random()}`;
	const hooks = new ExecutionLifecycleHooks('manual', id, about as never);
	const data = additionalData(credential, { executionId: id, hooks: hooks as never });
	const run = await start(new WorkflowExecute(data, 'manual'), workflow, 'Gate');
	const tasks: ITaskData[] = run.data.resultData.runData.TrustPager ?? [];
	return tasks.map((task) => {
		const items: INodeExecutionData[] = task.data?.main[0] ?? [];
		return task.error ? [{ failed: task.error.message }] : items.map(({ json }) => json);
	});
}
