import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { FilterCheck, queryOf } from '../operations/filters/rowFilter';
import { simplify } from '../parameters/fields';
import { ParameterReader } from '../parameters/parameterReader';
import { TrustPagerClient } from '../transport/client';
import { isObject } from '../values';
import type { FindContact } from './contacts';
import { readWithContacts } from './contacts';
import { Budget, fetchPage } from './fetchPage';
import { passes, readTriggerFilters } from './filters';
import { toItem } from './output';
import { oneAtATime, recordPoll, startingState } from './overlap';
import type { Resumption } from './pause';
import { resumptionOf } from './pause';
import { keyOf } from './poll/knownKeys';
import { latestMessage } from './poll/latestMessage';
import { poll } from './poll/poll';
import { readState } from './poll/state';
import type { Settings, Steps } from './poll/types';
import { filtersField, optionsField } from './properties';

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
	const parameters = await readWithContacts(client, (find) => readParameters(context, find));
	const name = `${client.workspaceKey} ${trigger}`;
	const staticData = context.getWorkflowStaticData('node');
	const stored = staticData[STATE];
	const start = startingState(name, stored);
	if (start === 'stale') return null;
	const pauseEnd = parameters.startsFresh ? resumption.pauseEnd : undefined;
	const steps = poll(readState(start), { ...parameters.settings, pauseEnd });
	const { result, reason } = await drive(context, client, steps, parameters.query);
	const { state, emissions, notes, timedOut } = result;
	for (const [filter, count] of emissions.length > 0 ? parameters.check.leftOut : []) {
		notes.push(`TrustPager ignored the filter '${filter}'; ${count} threads were left out here`);
	}
	for (const note of notes) context.logger.warn(`TrustPager Trigger: ${note}`);
	if (timedOut) throw outOfTime(client, reason);
	const items = emissions.map((emission) => toItem(emission, parameters.isSimple));
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
	const { settings, query, isSimple } = await readWithContacts(
		client,
		(find) => readParameters(context, find),
		true,
	);
	const { result, reason } = await drive(context, client, latestMessage(settings), query);
	if (result) return [[toItem(result, isSimple)]];
	if (reason !== undefined) throw outOfTime(client, reason);
	throw new NodeOperationError(context.getNode(), 'There is no inbound message to show', {
		description:
			"The newest threads hold no inbound message that passes the 'Filters'. Send an email to TrustPager, or loosen the filters, and test again.",
		level: 'warning',
	});
}

/** Feeds the machine with the pages it asks for, until it ends. `reason`: what delayed an answer until the time was up. */
async function drive<Result>(
	context: IPollFunctions,
	client: TrustPagerClient,
	steps: Steps<Result>,
	query: IDataObject,
): Promise<{ result: Result; reason?: unknown }> {
	const budget = new Budget(context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS);
	let reason: unknown;
	let step = steps.next();
	while (!step.done) {
		const page = await fetchPage(client, step.value, query, budget);
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
			"TrustPager did not answer in time, or other work uses up the API key's rate limit. No message is lost: the next poll covers the same time. Poll less often, or give the trigger an API key of its own.",
		failure: { cause: 'temporarily-unavailable' },
	});
}

function readParameters(context: IPollFunctions, findContact: FindContact) {
	const reader = new ParameterReader(context, { findContact });
	const filters = readTriggerFilters(reader.collection(filtersField));
	const check = new FilterCheck(filters.ofThreads);
	const options = reader.collection(optionsField);
	const settings: Settings = {
		maxMessages: options.count('maxMessages'),
		lookBackMs: options.count('lookBackMinutes') * 60_000,
		wants: (message, thread) => passes(filters, message, thread),
		lists: check.keep,
		list: keyOf('list', filters.listKey),
	};
	const startsFresh = options.choice('afterPause') === 'startFresh';
	const query = queryOf(filters.ofThreads);
	return { settings, query, check, isSimple: reader.flag(simplify), startsFresh };
}
