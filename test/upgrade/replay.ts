import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox';
import type { Bench } from '../engine/bench';
import { runNode } from '../engine/engine';
import { Host } from '../trigger/support/host';
import type { StoredWorkflow } from './stored';

const ACTION = 'n8n-nodes-trustpager.trustPager';
const TRIGGER = 'n8n-nodes-trustpager.trustPagerTrigger';
const OUR_KEY = /^n8n-[0-9a-f]{40}$/;

interface Request {
	method: string;
	path: string;
	query?: Record<string, unknown>;
	body?: unknown;
	/** The user's own key, or 'generated'. */
	idempotencyKey?: string;
}

/** What a workflow did: which requests left, and which items came out, by their names. */
export interface Outcome {
	requests: Request[];
	status: string;
	httpCode?: string;
	items: Items;
	/** The error output, when anything came out there. */
	failed?: Items;
}

interface Items {
	count: number;
	/** Names of the first item's fields; saved expressions refer to them. */
	fields: string[];
}

/** Runs a stored workflow through n8n's engine against the bench's sandbox. */
export async function replay(bench: Bench, workflow: StoredWorkflow): Promise<Outcome> {
	return workflow.nodes.some(({ type }) => type === TRIGGER)
		? await replayTrigger(bench, workflow)
		: await replayAction(bench, workflow);
}

function nodeOf(workflow: StoredWorkflow, type: string) {
	const node = workflow.nodes.find((candidate) => candidate.type === type);
	if (node === undefined) throw new Error(`${workflow.name} has no ${type}`);
	return node;
}

async function replayAction(bench: Bench, workflow: StoredWorkflow): Promise<Outcome> {
	const node = nodeOf(workflow, ACTION);
	const { onError, retryOnFail, maxTries, waitBetweenTries } = node;
	const [items] = Object.values(workflow.pinData ?? {});
	const outcome = await runNode({
		parameters: node.parameters as IDataObject,
		credential: bench.credential(),
		items,
		settings: { onError, retryOnFail, maxTries, waitBetweenTries },
	});
	const requests = (await bench.control.requests()).map(shortened);
	return {
		requests: (items?.length ?? 0) > 1 ? unordered(requests) : requests,
		status: outcome.status,
		...(outcome.error ? { httpCode: String(outcome.error.httpCode ?? '') } : {}),
		items: about(outcome.items.map(({ json }) => json)),
		...(outcome.failed.length > 0 ? { failed: about(outcome.failed.map(jsonOf)) } : {}),
	};
}

const jsonOf = ({ json }: INodeExecutionData) => json;

/** Mail that filters tell apart: by sender and subject the second, by what its thread is linked to the third. */
const MAILS = [
	{ fromEmail: 'bob@example.com', fromName: 'Bob', subject: 'Lunch', text: 'At one?' },
	{ fromEmail: 'mia@example.com', fromName: 'Mia', subject: 'Your quote', text: 'Too much.' },
];

/** Activates the trigger, or lets it go on from what it had saved; then mail arrives and it polls twice. */
async function replayTrigger(bench: Bench, workflow: StoredWorkflow): Promise<Outcome> {
	const { host, begin, poll } = triggerHost(bench, workflow);
	// What had been saved knows this mail; it must not come again.
	if (workflow.staticData) await mailArrives(bench);
	await begin();
	await bench.control.clearRequests();
	await mailArrives(bench);
	await poll();
	await poll();
	if (host.failures.length > 0) throw host.failures[0];
	return {
		requests: unordered((await bench.control.requests()).map(shortened)),
		status: 'success',
		items: about(host.executions.flat()),
	};
}

/** Mail that comes a minute later, each a second after the other. */
export async function mailArrives(bench: Bench): Promise<void> {
	await bench.control.advanceClock(60_000);
	for (const mail of MAILS) {
		await bench.control.advanceClock(1_000);
		await bench.control.receive(mail);
	}
	await bench.control.advanceClock(1_000);
	await bench.control.receive({ threadId: bench.seed.threads[0].id, text: 'In a linked thread' });
}

/** n8n with this workflow, switched on by `begin`. */
export function triggerHost(bench: Bench, { nodes, staticData, name }: StoredWorkflow) {
	const node = nodeOf({ nodes, name, connections: {} }, TRIGGER);
	const host = new Host({
		credential: bench.credential(),
		nodes: { [node.name]: node.parameters as IDataObject },
		workflowId: name,
	});
	const begin = async () => {
		if (staticData) {
			host.database = JSON.stringify(staticData);
			host.restart();
		} else await host.activate(node.name);
	};
	return { host, begin, poll: async () => await host.tick(node.name) };
}

/** Each request once, in an order that says nothing: when and how often is nothing that people rely on there. */
function unordered(requests: Request[]): Request[] {
	const texts = new Set(requests.map((request) => JSON.stringify(request)));
	return [...texts].sort().map((text) => JSON.parse(text) as Request);
}

function about(items: IDataObject[]): Items {
	return { count: items.length, fields: Object.keys(items[0] ?? {}) };
}

function shortened({ method, path, query, body, headers }: RecordedRequest): Request {
	const key = headers['idempotency-key'];
	return {
		method,
		path,
		...(Object.keys(query).length > 0 ? { query } : {}),
		...(body === undefined ? {} : { body }),
		...(key === undefined ? {} : { idempotencyKey: OUR_KEY.test(key) ? 'generated' : key }),
	};
}
