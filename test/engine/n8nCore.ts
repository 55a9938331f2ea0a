/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/**
 * The differences of n8n-core between the versions that the engine tests run on. Later versions are treated like the
 * latest one here. Imported after the environment is set; see engine.ts.
 */
import * as core from 'n8n-core';
import type { PollContext, WorkflowExecute } from 'n8n-core';
import type { INode, IRun, Workflow } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';

type Running = Promise<IRun> & { cancel(): void };

/** Starts an execution at a node. n8n 1 takes the workflow and the node as separate arguments. */
export function start(execute: WorkflowExecute, workflow: Workflow, nodeName: string): Running {
	const startNode = workflow.getNode(nodeName) ?? undefined;
	const hasSeparateArguments = execute.run.length > 1;
	const args = hasSeparateArguments ? [workflow, startNode] : [{ workflow, startNode }];
	return Reflect.apply(execute.run, execute, args) as Running;
}

/** One tick of n8n's schedule. Rejects when the poll of an activation fails. */
export type Tick = (isActivation: boolean) => Promise<void>;

/** Discards what the engine reports. */
const nowhere = { debug: () => undefined, error: () => undefined };
const quiet = { ...nowhere, scoped: () => nowhere };
const span = { setStatus: () => undefined };
const inSpan = async (_options: unknown, run: (value: unknown) => Promise<void>) => await run(span);
const tracing = {
	startSpan: inSpan,
	startNewTraceSpan: inSpan,
	pickWorkflowAttributes: () => ({}),
	pickNodeAttributes: () => ({}),
};

/** n8n's own poll executor for one node of a workflow. */
export async function pollExecutor(
	workflow: Workflow,
	node: INode,
	context: PollContext,
): Promise<Tick> {
	// Through the namespace, because n8n before 2.41 exports neither.
	const { PollTriggerExecutor, TriggersAndPollers } = core;
	if (PollTriggerExecutor === undefined) return await oldPollExecutor(workflow, node, context);
	const executor = new PollTriggerExecutor(
		quiet as never,
		new TriggersAndPollers(),
		tracing as never,
		nowhere as never,
	);
	return executor.create(workflow, node, context, () => true);
}

interface OldEngine {
	ActiveWorkflows: new (...parts: unknown[]) => {
		activatePolling(node: INode, workflow: Workflow, ...more: unknown[]): Promise<void>;
	};
}

/**
 * Before 2.41 the executor is a function inside the activation, which passes it to the schedule after a first poll.
 * That poll does nothing here, so that a tick is the same on every version.
 */
async function oldPollExecutor(
	workflow: Workflow,
	node: INode,
	context: PollContext,
): Promise<Tick> {
	const { ActiveWorkflows } = core as unknown as OldEngine;
	let tick: Tick | undefined;
	const poll = async () =>
		tick === undefined
			? null
			: await workflow.nodeTypes
					.getByNameAndVersion(node.type, node.typeVersion)
					.poll?.call(context);
	const active = new ActiveWorkflows(
		quiet,
		{ registerCron: (_when: unknown, run: Tick) => void (tick = run) },
		{ runPoll: poll },
		nowhere,
		tracing,
	);
	// n8n's loader adds the poll times to every polling node; this node was not loaded by it.
	const getNodeParameter = () => ({ item: [{ mode: 'everyMinute' }] });
	const timed = Object.assign(Object.create(context) as PollContext, { getNodeParameter });
	await active.activatePolling(node, workflow, {}, () => timed, 'trigger', 'activate');
	if (tick === undefined) throw new Error('n8n scheduled nothing');
	return tick;
}

const NODE = { id: '1', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} };

/** An error that n8n creates from an axios error. */
const sample = new NodeApiError(
	NODE as unknown as INode,
	new Error('x') as never,
	{
		failure: { cause: 'rate-limited', service: 'api' },
	} as never,
);

/** Whether errors carry a cause for the durable scheduler, which n8n has since 2.41; earlier versions drop it. */
export const keepsFailure = (sample as { failure?: unknown }).failure !== undefined;

/** Whether n8n names an empty field in the error; 1.123 and 2.8 name it in the editor only. */
export const namesIssues = core.PollTriggerExecutor !== undefined;

/** Whether n8n restricts a declarative node to the domains of its credential: 1.123.81 and 2.41 do, 2.8 does not. */
export const guardsDomains = 'getCredentialAllowedDomains' in n8nWorkflow;

/**
 * Whether RoutingNode ends the run at an expression that fails in one item, although On Error is set to continue: 2.8
 * does. The node's own customOperations, which n8n runs for everything except some AI agents' tools, continue.
 */
export const endsAtBadExpression = process.env.TRUSTPAGER_N8N_VERSION === '2.8';

/** Whether n8n lets a person review the calls of an agent's tools: since 2.8. */
export const hasGates = process.env.TRUSTPAGER_N8N_VERSION !== '1.123';
