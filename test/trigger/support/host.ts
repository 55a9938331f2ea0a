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
	/** What n8n 2.41 tells; null for older versions, which tell nothing. */
	budgetMs?: number | null;
}

/** The trigger as a new process loads it, with nothing in its memory; n8n's own classes stay the engine's. */
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

/** An n8n that polls: the real workflow, PollContext and poll executor, and a database in a variable. */
export class Host {
	/** Executions that were started, each with its items. */
	readonly executions: IDataObject[][] = [];
	/** Executions that failed before they began. */
	readonly failures: Error[] = [];
	/** The workflow's static data as the database has it. */
	database = '{}';
	private workflow!: Workflow;
	private trigger!: INodeType;
	/** The context of each activated node: n8n's own engine gives it to all polls of the activation. */
	private contexts!: Map<string, PollContext>;

	constructor(private readonly options: HostOptions) {
		this.restart();
	}

	/** What the running process holds, saved or not. */
	get memory(): IDataObject {
		return JSON.parse(JSON.stringify(this.workflow.staticData)) as IDataObject;
	}

	/** A new process: all that it knows is in the database. */
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

	/** What the durable scheduler does: a poll is given the state that was read before, whatever came since. */
	give(staticData: IDataObject): void {
		for (const key of Object.keys(this.workflow.staticData)) delete this.workflow.staticData[key];
		Object.assign(this.workflow.staticData, JSON.parse(JSON.stringify(staticData)));
	}

	/** "Fetch Test Event" in the editor. */
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
		// A budget is told on older versions too, so that what it does is seen on every engine.
		if (budgetMs !== undefined) {
			const getPollBudgetMs = budgetMs === null ? undefined : () => budgetMs;
			Object.assign(context, { getPollBudgetMs });
		}
		return context;
	}

	/** n8n's own rule: only when a top-level key was reassigned. */
	private save(): void {
		const { staticData } = this.workflow;
		if (staticData.__dataChanged !== true) return;
		this.database = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}
}
