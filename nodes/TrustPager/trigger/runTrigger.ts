import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isObject } from '../values';
import { apiError } from '../transport/errors';
import { passes, readFilters } from './filters';
import { alone } from './guard';
import { beginning, keepMade } from './overlap';
import { toItem } from './output';
import { keyOf } from './poll/knownKeys';
import { latest } from './poll/latestMessage';
import { poll } from './poll/poll';
import { Budget, fetchPage } from './fetchPage';
import { readState } from './poll/state';
import type { Settings, Steps } from './poll/types';

/** n8n 2.41 tells how long a poll may take; older versions would wait for ever, and so poll twice at a time. */
const DEFAULT_BUDGET_MS = 45_000;
/** The one key of the static data that the trigger writes, as a whole: n8n notices nothing less. */
const STATE = 'inbox';

export async function runTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await test(context);
	return await alone(nameOf(context), async () => await pollOnce(context));
}

async function pollOnce(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { settings, query } = readSettings(context);
	const stored = context.getWorkflowStaticData('node');
	const before = stored[STATE];
	const name = nameOf(context);
	const begin = beginning(name, before);
	if (begin === 'unsettled') return null;
	const steps = poll(readState(begin), settings);
	const { result, reason } = await drive(context, steps, query);
	const { state, emissions, notes, starved } = result;
	for (const note of notes) context.logger.warn(`TrustPager Trigger: ${note}`);
	if (starved) throw outOfTime(context, reason);
	const items = emissions.map((emission) => toItem(emission, isSimplified(context)));
	// Last: after a throw n8n would go on with whatever was written before it.
	if (state) {
		keepMade(name, before, state, items.length > 0);
		stored[STATE] = { ...state };
	} else if (begin !== before && isObject(begin)) {
		// A state that n8n has not stored so far: now it can.
		stored[STATE] = { ...begin };
	}
	return items.length > 0 ? [items] : null;
}

function nameOf(context: IPollFunctions): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

async function test(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { settings, query } = readSettings(context);
	const { result: found, reason } = await drive(context, latest(settings), query);
	if (found) return [[toItem(found, isSimplified(context))]];
	if (reason !== undefined) throw outOfTime(context, reason);
	throw new NodeOperationError(context.getNode(), 'There is no inbound message to show', {
		description:
			"The newest threads hold no inbound message that passes the 'Filters'. Send an email to TrustPager, or loosen the filters, and test again.",
		level: 'warning',
	});
}

/** Feeds the machine with what it asks for, until it ends. `reason`: what kept an answer until the time was up. */
async function drive<Result>(
	context: IPollFunctions,
	steps: Steps<Result>,
	query: IDataObject,
): Promise<{ result: Result; reason?: unknown }> {
	const budget = new Budget(context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS);
	let reason: unknown;
	let step = steps.next();
	while (!step.done) {
		const seen = await fetchPage(context, step.value, query, budget);
		if (seen.outcome === 'outOfTime') reason = seen.reason;
		step = steps.next(seen);
	}
	return { result: step.value, reason };
}

/** Where the API gave a failure of its own, that one. n8n's scheduler reads from both that waiting helps. */
function outOfTime(context: IPollFunctions, reason: unknown): NodeApiError {
	if (reason instanceof NodeApiError) return reason;
	return apiError(
		{ node: context.getNode(), secrets: [] },
		{
			title: 'The poll ran out of time',
			description:
				"TrustPager did not answer in time, or other work uses up the API key's rate limit. No message is lost: the next poll covers the same time. Poll less often, or give the trigger a key of its own.",
			failure: { cause: 'temporarily-unavailable' },
		},
	);
}

function readSettings(context: IPollFunctions): { settings: Settings; query: IDataObject } {
	const filters = readFilters(collection(context.getNodeParameter('filters', {})));
	const options = collection(context.getNodeParameter('options', {}));
	const settings: Settings = {
		maxMessages: wholeNumber(context, 'Max Messages', options.maxMessages, 100),
		lookBackMs: wholeNumber(context, 'Look Back (Minutes)', options.lookBackMinutes, 60) * 60_000,
		wants: (message, thread) => passes(filters, message, thread),
		list: keyOf('list', filters.query),
	};
	return { settings, query: filters.query };
}

function isSimplified(context: IPollFunctions): boolean {
	return context.getNodeParameter('simplify', true) === true;
}

function collection(value: NodeParameterValueType | object): IDataObject {
	return isObject(value) ? value : {};
}

function wholeNumber(
	context: IPollFunctions,
	name: string,
	value: unknown,
	fallback: number,
): number {
	const number = Number(value ?? fallback);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new NodeOperationError(
		context.getNode(),
		`'${name}' must be a whole number of at least 1`,
		{ level: 'warning' },
	);
}
