import type { INode, IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';

import { core, n8n, trustPagerTrigger } from '../process/n8n';
import { additionalData, nodeTypesOf } from '../process/run';
import type { Facts, Settings, Subject } from '../protocol';
import { credential } from './shared';

/** Enough for every backlog; a message that never comes ends the run here. */
const MOST_POLLS = 200;
const TYPE = 'n8n-nodes-trustpager.trustPagerTrigger';

interface Host {
	workflow: Workflow;
	additional: IWorkflowExecuteAdditionalData;
}

/** Active workflows of this process, by the name that the parent gives: their state lives from poll to poll. */
const hosts = new Map<string, Host>();

async function hostOf(settings: Settings): Promise<Host> {
	const name = String(settings.workflow);
	const known = hosts.get(name);
	if (known) return known;
	const node: INode = {
		id: 'trigger',
		name: 'Trigger',
		type: TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: { event: 'messageReceived', options: { maxMessages: settings.maxMessages } },
		credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
	};
	const workflow = new n8n.Workflow({
		id: name,
		name,
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: nodeTypesOf({ [TYPE]: trustPagerTrigger() }),
		staticData: {},
	});
	const additional = await additionalData(credential(settings, { apiKey: settings.apiKey }));
	const host = { workflow, additional: additional as IWorkflowExecuteAdditionalData };
	hosts.set(name, host);
	return host;
}

async function poll({ workflow, additional }: Host): Promise<number> {
	const node = workflow.getNode('Trigger');
	if (!node) throw new Error('The workflow has no trigger');
	const context = new core.PollContext(workflow, node, additional, 'trigger', 'activate');
	const emitted = await trustPagerTrigger().poll?.call(context);
	return emitted?.[0]?.length ?? 0;
}

const stateBytes = (workflow: Workflow) =>
	JSON.stringify(workflow.staticData, (key, value: unknown) =>
		key === '__dataChanged' ? undefined : value,
	).length;

/** One poll, or with `until` as many as it takes to emit so many messages. */
const polls: Subject = async (settings) => {
	const host = await hostOf(settings);
	const until = Number(settings.until ?? 0);
	await host.workflow.expression.acquireIsolate();
	return async (): Promise<Facts> => {
		let messages = 0;
		let count = 0;
		let mostStateBytes = 0;
		do {
			messages += await poll(host);
			count++;
			mostStateBytes = Math.max(mostStateBytes, stateBytes(host.workflow));
		} while (messages < until && count < MOST_POLLS);
		return { messages, polls: count, mostStateBytes };
	};
};

export const triggerSubjects: Record<string, Subject> = { 'trigger.polls': polls };
