import { additionalData, nodeTypesOf } from '../../engine/engine';

import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	WorkflowActivateMode,
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
	private trigger!: INodeType;
	/** The context of each activated node: n8n's own engine gives it to all polls of the activation. */
	private contexts!: Map<string, PollContext>;

	constructor(private readonly options: HostOptions) {
		this.restart();
	}

	/** The static data in the process, saved or not. */
	get memory(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** Starts a new process, which knows only the database. */
	restart(): void {
		this.trigger = freshTrigger();
		this.switchOff();
	}

	/** The workflow is switched off: what is switched on again comes from the database. */
	switchOff(): void {
		this.contexts = new Map();
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
			nodeTypes: nodeTypesOf({ [TYPE]: this.trigger }),
			staticData: JSON.parse(this.database) as IDataObject,
		});
	}

	/** As n8n activates: the first poll at once, its failure is the activation's, and the static data is saved. */
	async activate(name = 'Trigger', mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const context = this.context(this.node(name), 'trigger', mode);
		await this.run(context, true);
		this.contexts.set(name, context);
		this.save();
	}

	/** One tick of the schedule; of the durable scheduler where nothing is activated: see `pollOnSchedule`. */
	async tick(name = 'Trigger'): Promise<void> {
		const context = this.contexts.get(name);
		if (context === undefined) await this.pollOnSchedule(name);
		else await this.run(context);
	}

	/** A poll of the durable scheduler: each has a context of its own, and says 'update' whatever came before. */
	async pollOnSchedule(name = 'Trigger'): Promise<void> {
		await this.run(this.context(this.node(name), 'trigger', 'update'));
	}

	private async run(context: PollContext, isActivation = false): Promise<void> {
		const run = await pollExecutor(this.workflow, context.getNode(), context);
		await run(isActivation);
	}

	private node(name: string): INode {
		const node = this.workflow.getNode(name);
		if (!node) throw new Error(`There is no node ${name}`);
		return node;
	}

	/** Replaces the static data, as the durable scheduler does when it gives a poll a state that it read earlier. */
	give(staticData: IDataObject): void {
		for (const key of Object.keys(this.workflow.staticData)) delete this.workflow.staticData[key];
		Object.assign(this.workflow.staticData, JSON.parse(JSON.stringify(staticData)));
	}

	/** Does what "Fetch Test Event" in the editor does. */
	async test(name = 'Trigger'): Promise<INodeExecutionData[][] | null> {
		return await freshTrigger().poll.call(this.context(this.node(name), 'manual', 'manual'));
	}

	private context(
		node: INode,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): PollContext {
		const { credential, budgetMs } = this.options;
		const context = new PollContext(
			this.workflow,
			node,
			additionalData(credential),
			mode,
			activation,
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
