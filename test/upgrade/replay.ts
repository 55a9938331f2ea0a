import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isObject, textOf } from '../../nodes/TrustPager/values';
import type { RecordedRequest } from '../../sandbox';
import type { SandboxFixture } from '../engine/sandboxFixture';
import { runNode } from '../engine/engine';
import { Host } from '../trigger/support/host';
import type { Items, Outcome, Request, StoredWorkflow } from './stored';

const TRIGGER = 'n8n-nodes-trustpager.trustPagerTrigger';
let hosts = 0;
/** What differs in each email of Send and Wait: the signed link, and a time limit that counts from now. */
const WAITING_LINK = /href="[^"]*\/webhook-waiting\/[^"]*"/;
const WAITING_LIMIT = /(?<=Without an answer by )[^,]+/;
const OUR_KEY = /^n8n-[0-9a-f]{40}$/;

/** What only newer servers can do, so that everything that can be saved can be done. */
const NEWER = { bcc: true, threadLinks: true, threadDelete: 'body' } as const;

/** Runs a stored workflow through n8n's engine against the bench's sandbox. */
export async function replay(bench: SandboxFixture, workflow: StoredWorkflow): Promise<Outcome> {
	return workflow.node.type === TRIGGER
		? await replayTrigger(bench, workflow)
		: await replayAction(bench, workflow);
}

async function replayAction(
	bench: SandboxFixture,
	{ node, items }: StoredWorkflow,
): Promise<Outcome> {
	const { parameters, onError, retryOnFail, maxTries, waitBetweenTries } = node;
	await bench.control.set(NEWER);
	const outcome = await runNode({
		parameters,
		credential: bench.credential(),
		items,
		settings: { onError, retryOnFail, maxTries, waitBetweenTries },
	});
	const requests = (await bench.control.requests()).map(shortened);
	return {
		requests: (items?.length ?? 0) > 1 ? unordered(requests) : requests,
		status: outcome.status,
		...(outcome.error ? { httpCode: String(outcome.error.httpCode ?? '') } : {}),
		items: about(outcome.items.map(jsonOf)),
		...(outcome.failed.length > 0 ? { failed: about(outcome.failed.map(jsonOf)) } : {}),
	};
}

const jsonOf = ({ json }: INodeExecutionData) => json;

/** Filters by sender and subject match the second email; filters by linked records match only the reply below. */
const MAILS = [
	{ fromEmail: 'bob@example.com', fromName: 'Bob', subject: 'Lunch', text: 'At one?' },
	{ fromEmail: 'mia@example.com', fromName: 'Mia', subject: 'Your quote', text: 'Too much.' },
];

/** Activates the trigger, or resumes it from what it had saved; then mail arrives and it polls twice. */
async function replayTrigger(bench: SandboxFixture, workflow: StoredWorkflow): Promise<Outcome> {
	const { host, start, poll } = triggerHost(bench, workflow);
	// The saved state knows this mail, so it must not come again.
	if (workflow.staticData) await mailArrives(bench);
	await start();
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

/** Receives mail one minute later, the messages a second apart. */
export async function mailArrives(bench: SandboxFixture): Promise<void> {
	await bench.control.advanceClock(60_000);
	for (const mail of MAILS) {
		await bench.control.advanceClock(1_000);
		await bench.control.receive(mail);
	}
	await bench.control.advanceClock(1_000);
	await bench.control.receive({ threadId: bench.seed.threads[0].id, text: 'In a linked thread' });
}

/** An n8n with this trigger, active after `start`. */
export function triggerHost(bench: SandboxFixture, { node, staticData }: StoredWorkflow) {
	const host = new Host({
		credential: bench.credential(),
		nodes: { [node.name]: node.parameters },
		workflowId: `upgrade-${++hosts}`,
	});
	const start = async () => {
		if (staticData) {
			host.database = JSON.stringify(staticData);
			host.restart();
		} else await host.activate(node.name);
	};
	return { host, start, poll: async () => await host.tick(node.name) };
}

/** Each request once and sorted: here, nobody relies on the order of requests or on their number. */
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
		...(body === undefined ? {} : { body: withoutLink(body) }),
		...(key === undefined ? {} : { idempotencyKey: OUR_KEY.test(key) ? 'generated' : key }),
	};
}

function withoutLink(body: unknown): unknown {
	const html = isObject(body) ? textOf(body.html_body) : undefined;
	if (!isObject(body) || html === undefined || !WAITING_LINK.test(html)) return body;
	const html_body = html.replace(WAITING_LINK, 'href="link"').replace(WAITING_LIMIT, 'a time');
	return { ...body, html_body };
}
