/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { ExecutionLifecycleHooks, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IRun,
	IRunExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { additionalData, declarative, nodeTypesOf, startRun, type RunOptions } from './engine';

/** What n8n answers to a request of a page, and the output that resumes the execution, if it does. */
export interface PageAnswer {
	status: number;
	headers: Record<string, string>;
	html: string;
	items?: INodeExecutionData[];
}

const ASK = 'TrustPager';
const CONNECTED = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });

/** An execution of Start → TrustPager → Start … that waits for the answer of a person, as n8n stores it. */
export class WaitingExecution {
	private readonly types: Record<string, INodeType>;

	private readonly id = `execution-${Math.random()}`;

	private readonly nodes: INode[];

	private readonly connections = { Start: CONNECTED(ASK), [ASK]: CONNECTED('Start') };

	run!: IRun;

	constructor(
		private readonly options: RunOptions,
		private readonly type = 'n8n-nodes-trustpager.trustPager',
	) {
		this.types = {
			'test.start': {
				description: { ...new TrustPager().description, webhooks: undefined, properties: [] },
				execute: async () => [options.items ?? [{ json: { quote: 'Q-7' } }]],
			},
			[type]: declarative(new TrustPager()),
		};
		const base = { typeVersion: 1, position: [0, 0] as [number, number] };
		const parameters = options.parameters as INode['parameters'];
		const credentials = { trustPagerApi: { id: '1', name: 'TrustPager' } };
		this.nodes = [
			{ ...base, id: 'start', name: 'Start', type: 'test.start', parameters: {} },
			{ ...base, id: 'node-1', name: ASK, type, parameters, credentials, ...options.settings },
		];
	}

	async start(): Promise<IRun> {
		this.run = await startRun({
			nodes: this.nodes,
			connections: this.connections,
			types: this.types,
			startAt: 'Start',
			credential: this.options.credential,
			executionId: this.id,
		});
		return this.run;
	}

	/** What n8n's database holds. */
	private stored(): IRunExecutionData {
		return JSON.parse(JSON.stringify(this.run.data)) as IRunExecutionData;
	}

	private workflow(): Workflow {
		const about = { id: 'workflow-1', name: 'Test', active: false };
		const settings = { executionOrder: 'v1' as const };
		const { nodes, connections } = this;
		const nodeTypes = nodeTypesOf(this.types);
		return new Workflow({
			...about,
			nodes: structuredClone(nodes),
			connections,
			nodeTypes,
			settings,
		});
	}

	/** A request as n8n's waiting webhooks pass it on once they have checked the signature. */
	async request(method: string, link: string, body: IDataObject = {}): Promise<PageAnswer> {
		const data = this.stored();
		data.resultData.runData[ASK].pop();
		const workflow = this.workflow();
		const url = new URL(link);
		const answer: PageAnswer = { status: 200, headers: {}, html: '' };
		const response = {
			setHeader: (name: string, value: string) => (answer.headers[name.toLowerCase()] = value),
			status: (status: number) => {
				answer.status = status;
				return { send: (html: string) => (answer.html = html) };
			},
		};
		const query = Object.fromEntries(url.searchParams);
		const extra = { executionId: this.id, httpResponse: response as never };
		const request = { httpRequest: { method, query, body, headers: {} } as never };
		const more = additionalData(this.options.credential, { ...extra, ...request });
		const node = workflow.getNode(ASK) as INode;
		const context = new WebhookContext(workflow, node, more, 'manual', {} as never, [], data);
		const webhook = this.types[this.type].webhook;
		const result = await webhook?.call(context as unknown as IWebhookFunctions);
		if (result?.webhookResponse !== undefined) answer.html = String(result.webhookResponse);
		return { ...answer, items: result?.workflowData?.[0] };
	}

	/** Goes on with the output of an answer, up to the next wait or the end. */
	async resume(items: INodeExecutionData[]): Promise<IRun> {
		const data = this.stored();
		data.waitTill = undefined;
		data.resultData.runData[ASK].pop();
		const [entry] = data.executionData?.nodeExecutionStack ?? [];
		entry.node.disabled = true;
		entry.data.main = [items];
		const workflow = this.workflow();
		const about = { id: 'workflow-1', name: 'Test', nodes: [], connections: {}, active: false };
		const hooks = new ExecutionLifecycleHooks('manual', this.id, about as never);
		const more = { executionId: this.id, hooks: hooks as never };
		const execute = new WorkflowExecute(
			additionalData(this.options.credential, more),
			'manual',
			data,
		);
		this.run = await execute.processRunExecutionData(workflow);
		return this.run;
	}
}
