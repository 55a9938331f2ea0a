import { additionalData, nodeTypesOf } from '../../engine/engine';

import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { pollExecutor } from '../../engine/n8nCore';
import type * as TriggerNode from '../../../nodes/TrustPager/TrustPagerTrigger.node';

const TYPE = 'n8n-nodes-trustpager.trustPagerTrigger';

export interface HostOptions {
	credential: Partial<ICredentialDataDecryptedObject>;
	/** Parameters of the node, or of several nodes by their names. */
	parameters?: IDataObject;
	nodes?: Record<string, IDataObject>;
	workflowId?: string;
	/** The poll budget that n8n 2.41 gives; null for none, as in earlier versions. */
	budgetMs?: number | null;
}

/** The trigger as a new process loads it, with empty memory, but with the engine's copy of n8n-workflow. */
function freshTrigger() {
	const n8nWorkflow: unknown = jest.requireActual('n8n-workflow');
	let node: typeof TriggerNode | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		node = jest.requireActual<typeof TriggerNode>(
			'../../../nodes/TrustPager/TrustPagerTrigger.node',
		);
	});
	if (node === undefined) throw new Error('The trigger was not loaded');
	return new node.TrustPagerTrigger();
}

/** An n8n that polls: n8n's own workflow, PollContext and poll executor, with a database in a variable. */
export class Host {
	/** The items of each started execution. */
	readonly executions: IDataObject[][] = [];
	/** Executions that failed before they began. */
	readonly failures: Error[] = [];
	/** The workflow's static data in the database. */
	database = '{}';
	private workflow!: Workflow;

	constructor(private readonly options: HostOptions) {
		this.restart();
	}

	/** The static data in the process, saved or not. */
	get memory(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** Starts a new process, which knows only the database. */
	restart(): void {
		const { parameters = {}, nodes = { Trigger: parameters }, workflowId = 'w1' } = this.options;
		const trigger = (name: string): INode => ({
			id: `id of ${name}`,
			name,
			type: TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: nodes[name] as INode['parameters'],
			credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
		});
		this.workflow = new Workflow({
			id: workflowId,
			name: 'Mail',
			nodes: Object.keys(nodes).map(trigger),
			connections: {},
			active: true,
			nodeTypes: nodeTypesOf({ [TYPE]: freshTrigger() }),
			staticData: JSON.parse(this.database) as IDataObject,
		});
	}

	/** Activates like n8n: polls at once, fails when the poll fails, and saves the static data. */
	async activate(name?: string): Promise<void> {
		await this.tick(name, true);
		this.save();
	}

	/** One tick of the schedule. */
	async tick(name = 'Trigger', isActivation = false): Promise<void> {
		const node = this.workflow.getNode(name);
		if (!node) throw new Error(`There is no node ${name}`);
		const run = await pollExecutor(this.workflow, node, this.context(node, 'trigger'));
		await run(isActivation);
	}

	/** Replaces the static data, as the durable scheduler does when it gives a poll a state that it read earlier. */
	give(staticData: IDataObject): void {
		for (const key of Object.keys(this.workflow.staticData)) delete this.workflow.staticData[key];
		Object.assign(this.workflow.staticData, JSON.parse(JSON.stringify(staticData)));
	}

	/** Does what "Fetch Test Event" in the editor does. */
	async test(name = 'Trigger'): Promise<INodeExecutionData[][] | null> {
		const node = this.workflow.getNode(name);
		if (!node) throw new Error(`There is no node ${name}`);
		return await freshTrigger().poll.call(this.context(node, 'manual'));
	}

	private context(node: INode, mode: WorkflowExecuteMode): PollContext {
		const { credential, budgetMs } = this.options;
		const context = new PollContext(
			this.workflow,
			node,
			additionalData(credential),
			mode,
			'activate',
			(data) => {
				this.executions.push((data[0] ?? []).map(({ json }) => json));
				this.save();
			},
			(error) => void this.failures.push(error),
		);
		// The budget is set on earlier versions too, so that its effect is tested on every engine.
		if (budgetMs !== undefined) {
			const getPollBudgetMs = budgetMs === null ? undefined : () => budgetMs;
			Object.assign(context, { getPollBudgetMs });
		}
		return context;
	}

	/** n8n's own rule: saves only if a top-level key was reassigned. */
	private save(): void {
		const { staticData } = this.workflow;
		if (staticData.__dataChanged !== true) return;
		this.database = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}
}
