import type { IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';

import { additionalData, nodeTypesOf } from '../execution';
import { core, n8n, trustPager } from '../n8n';
import type { Settings, Subject } from '../protocol';
import { credential } from './nodes';

/** Enough for every backlog; ends a run whose messages never come. */
const MAX_POLLS = 200;
const TYPE = 'n8n-nodes-trustpager.trustPagerTrigger';

interface Host {
	workflow: Workflow;
	additional: IWorkflowExecuteAdditionalData;
}

/** The active workflow of this process, whose state lives from poll to poll. */
let host: Promise<Host> | undefined;

async function startHost(settings: Settings): Promise<Host> {
	const workflow = new n8n.Workflow({
		id: 'mail',
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters: { event: 'messageReceived', options: { maxMessages: settings.maxMessages } },
				credentials: { trustPagerApi: { id: '1', name: 'TrustPager' } },
			},
		],
		connections: {},
		active: true,
		nodeTypes: nodeTypesOf({ [TYPE]: new trustPager.TrustPagerTrigger() }),
		staticData: {},
	});
	return {
		workflow,
		additional: await additionalData(credential(settings, { apiKey: settings.apiKey })),
	};
}

async function poll({ workflow, additional }: Host): Promise<number> {
	const node = workflow.getNode('Trigger');
	if (!node) throw new Error('The workflow has no trigger');
	const context = new core.PollContext(workflow, node, additional, 'trigger', 'activate');
	const emitted = await new trustPager.TrustPagerTrigger().poll?.call(context);
	return emitted?.[0]?.length ?? 0;
}

const stateBytes = ({ workflow }: Host) =>
	JSON.stringify(workflow.staticData, (key, value: unknown) =>
		key === '__dataChanged' ? undefined : value,
	).length;

/** One poll, or as many as it takes to emit `until` messages. */
const polls: Subject = async (settings) => {
	const active = await (host ??= startHost(settings));
	await active.workflow.expression.acquireIsolate();
	return async () => {
		const facts = { messages: 0, polls: 0, maxStateBytes: 0 };
		do {
			facts.messages += await poll(active);
			facts.polls++;
			facts.maxStateBytes = Math.max(facts.maxStateBytes, stateBytes(active));
		} while (facts.messages < Number(settings.until) && facts.polls < MAX_POLLS);
		return facts;
	};
};

export const triggerSubjects: Record<string, Subject> = { 'trigger.polls': polls };
