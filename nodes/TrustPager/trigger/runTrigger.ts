import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ParameterReader } from '../parameters/parameterReader';
import { TrustPagerClient } from '../transport/client';
import { isObject } from '../values';
import { Budget } from './budget';
import type { FindContact } from './contacts';
import { readWithContacts } from './contacts';
import { eventField } from './events/fields';
import { rowJob } from './rowJob';
import { rowEvents } from './events/rowEvents';
import { fetchPage } from './fetchPage';
import type { AnyJob } from './job';
import { mailJob } from './mailJob';
import { oneAtATime, recordPoll, startingState } from './overlap';
import type { Resumption } from './pause';
import { resumptionOf } from './pause';
import type { Steps } from './poll/types';

/** n8n 2.41 says how long a poll may take; older versions would wait forever, and so poll twice at a time. */
const DEFAULT_BUDGET_MS = 45_000;
/** The one key of the static data that the trigger writes, as a whole: n8n notices nothing less. */
const STATE = 'inbox';

export async function runTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await test(context);
	const trigger = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	// Before a poll in progress can end this one: the pause ends now, whichever poll is the first to succeed.
	const resumption = resumptionOf(context, trigger);
	return await oneAtATime(trigger, async () => await pollOnce(context, trigger, resumption));
}

async function pollOnce(
	context: IPollFunctions,
	trigger: string,
	resumption: Resumption,
): Promise<INodeExecutionData[][] | null> {
	const client = await TrustPagerClient.open(context);
	const job = await readWithContacts(client, (find) => readJob(context, find));
	const name = `${client.workspaceKey} ${trigger}`;
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData[STATE];
	const start = startingState(name, stored);
	if (start === 'stale') return null;
	const steps = job.poll(start, job.startsFresh ? resumption.pauseEnd : undefined);
	const { result, reason } = await drive(context, client, steps, job);
	const { state, emissions, notes, timedOut, refusal } = result;
	if (refusal instanceof Error) throw refusal;
	for (const [filter, count] of emissions.length > 0 ? job.check.leftOut : []) {
		notes.push(`TrustPager ignored the filter '${filter}'; ${count} entries were left out here`);
	}
	for (const note of notes) context.logger.warn(`TrustPager Trigger: ${note}`);
	if (timedOut) throw outOfTime(client, reason);
	const items = emissions.map(job.toItem);
	resumption.confirm();
	// Last: after a throw n8n would continue with whatever was written before it.
	if (state) {
		recordPoll(name, stored, state, items.length > 0);
		staticData[STATE] = { ...state };
	} else if (start !== stored && isObject(start)) {
		// A state that n8n has not stored so far: now it can.
		staticData[STATE] = { ...start };
	}
	return items.length > 0 ? [items] : null;
}

async function test(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const client = await TrustPagerClient.open(context);
	const job = await readWithContacts(client, (find) => readJob(context, find), true);
	const { result, reason } = await drive(context, client, job.latest(), job);
	if (result !== undefined) return [[job.toItem(result)]];
	if (reason !== undefined) throw outOfTime(client, reason);
	const { title, description } = job.nothing;
	throw new NodeOperationError(context.getNode(), title, { description, level: 'warning' });
}

/** Feeds the machine with the pages it asks for, until it ends. `reason`: what delayed an answer until the time was up. */
async function drive<Result>(
	context: IPollFunctions,
	client: TrustPagerClient,
	steps: Steps<Result, unknown>,
	{ call }: AnyJob,
): Promise<{ result: Result; reason?: unknown }> {
	const budget = new Budget(context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS);
	let reason: unknown;
	let step = steps.next();
	while (!step.done) {
		const page = await fetchPage(client, call(step.value), budget);
		if (page.outcome === 'outOfTime') reason = page.reason;
		step = steps.next(page);
	}
	return { result: step.value, reason };
}

/** Where the API gave an error of its own, that one. n8n's scheduler reads from both that waiting helps. */
function outOfTime(client: TrustPagerClient, reason: unknown): NodeApiError {
	if (reason instanceof NodeApiError) return reason;
	return client.error({
		title: 'The poll ran out of time',
		description:
			"TrustPager did not answer in time, or other work uses up the API key's rate limit. Nothing is lost: the next poll covers the same time. Poll less often, or give the trigger an API key of its own.",
		failure: { cause: 'temporarily-unavailable' },
	});
}

function readJob(context: IPollFunctions, findContact: FindContact): AnyJob {
	const reader = new ParameterReader(context, { findContact });
	const event = rowEvents[reader.choice(eventField)];
	return event === undefined ? mailJob(reader) : rowJob(reader, event);
}
