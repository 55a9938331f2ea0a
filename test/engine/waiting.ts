 
import { ExecutionLifecycleHooks, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { TrustPager } from '../../nodes/TrustPager/TrustPager.node';
import { additionalData, declarative, nodeTypesOf, startRun, type WorkflowRun } from './engine';

/** What n8n answers to a request of a page, and the output that resumes the execution, if it does. */
export interface PageAnswer {
	status: number;
	headers: Record<string, string>;
	html: string;
	items?: INodeExecutionData[];
}

/** The address of the page in an email that asks. */
export function linkIn(html = ''): string {
	return (/href="([^"]+\/webhook-waiting\/[^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
}

/** An execution of any workflow, which may wait for the answer of a person, as n8n stores it. */
export class WaitingExecution {
	private readonly id = `execution-${Math.random()}`;

	run!: IRun;

	constructor(private readonly spec: WorkflowRun) {}

	/** Runs up to the first wait or the end. */
	async start(): Promise<IRun> {
		this.run = await startRun({ ...this.spec, executionId: this.id });
		return this.run;
	}

	/** What n8n's database holds, without the run that waits, and the node of that run. */
	private stored(): { data: IRunExecutionData; name: string } {
		const data = JSON.parse(JSON.stringify(this.run.data)) as IRunExecutionData;
		const name = data.resultData.lastNodeExecuted ?? '';
		data.waitTill = undefined;
		const runs = data.resultData.runData[name];
		const { inputOverride, source } = runs.pop() ?? { source: [] };
		// As n8n's preserveInputOverride: what an agent has asked for stays.
		if (inputOverride) {
			runs.push({ startTime: 0, executionTime: 0, executionIndex: 0, source, inputOverride });
		}
		return { data, name };
	}

	private workflow(): Workflow {
		const { nodes, connections, types } = this.spec;
		return new Workflow({
			id: 'workflow-1',
			name: 'Test',
			active: false,
			nodes: structuredClone(nodes),
			connections,
			nodeTypes: nodeTypesOf(types),
			settings: { executionOrder: 'v1' },
		});
	}

	/** A request as n8n's waiting webhooks pass it on once they have checked the signature. */
	async request(method: string, link: string, body: IDataObject = {}): Promise<PageAnswer> {
		const { data, name } = this.stored();
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
		const more = additionalData(this.spec.credential, { ...extra, ...request });
		const node = workflow.getNode(name) as INode;
		const context = new WebhookContext(workflow, node, more, 'manual', {} as never, [], data);
		const webhook = this.spec.types[node.type].webhook;
		const result = await webhook?.call(context as unknown as IWebhookFunctions);
		if (result?.webhookResponse !== undefined) answer.html = String(result.webhookResponse);
		return { ...answer, items: result?.workflowData?.[0] };
	}

	/** Goes on with the output of an answer, up to the next wait or the end. */
	async resume(items: INodeExecutionData[]): Promise<IRun> {
		const { data } = this.stored();
		const [entry] = data.executionData?.nodeExecutionStack ?? [];
		entry.node.disabled = true;
		entry.data.main = [items];
		const workflow = this.workflow();
		const about = { id: 'workflow-1', name: 'Test', nodes: [], connections: {}, active: false };
		const hooks = new ExecutionLifecycleHooks('manual', this.id, about as never);
		const more = { executionId: this.id, hooks: hooks as never };
		const execute = new WorkflowExecute(additionalData(this.spec.credential, more), 'manual', data);
		this.run = await execute.processRunExecutionData(workflow);
		return this.run;
	}
}

/** Start → TrustPager → Start …: the execution of a node that asks, again and again. */
export function askingExecution(
	parameters: INode['parameters'],
	credential: WorkflowRun['credential'],
	{ type = 'n8n-nodes-trustpager.trustPager', items = [{ json: { quote: 'Q-7' } }] } = {},
): WaitingExecution {
	const base = { typeVersion: 1, position: [0, 0] as [number, number] };
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const credentials = { trustPagerApi: { id: '1', name: 'TrustPager' } };
	const description = { ...new TrustPager().description, webhooks: undefined, properties: [] };
	return new WaitingExecution({
		nodes: [
			{ ...base, id: 'start', name: 'Start', type: 'test.start', parameters: {} },
			{ ...base, id: 'node-1', name: 'TrustPager', type, parameters, credentials },
		],
		connections: { Start: to('TrustPager'), TrustPager: to('Start') },
		types: {
			'test.start': {
				description,
				execute: async () => [items],
			},
			[type]: declarative(new TrustPager()),
		},
		startAt: 'Start',
		credential,
	});
}
