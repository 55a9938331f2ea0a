import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../shared/values';
import { passes, readFilters } from './filters';
import { alone } from './guard';
import { toItem } from './item';
import { keyOf } from './knownKeys';
import { latest } from './latest';
import { poll } from './poll';
import { Budget, fetchPage } from './source';
import { readState } from './state';
import type { Settings, Steps } from './types';

/** n8n 2.41 tells how long a poll may take; older versions would wait for ever, and so poll twice at a time. */
const DEFAULT_BUDGET_MS = 45_000;
/** The one key of the static data that the trigger writes, as a whole: n8n notices nothing less. */
const STATE = 'inbox';

export async function runTrigger(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await test(context);
	return await alone(
		String(context.getWorkflow().id),
		context.getNode().id,
		async () => await pollOnce(context),
	);
}

async function pollOnce(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { settings, query } = readSettings(context);
	const stored = context.getWorkflowStaticData('node');
	const steps = poll(readState(stored[STATE]), settings);
	const { state, emissions, notes, starved } = await drive(context, steps, query);
	for (const note of notes) context.logger.warn(`TrustPager Trigger: ${note}`);
	if (starved) {
		throw new NodeOperationError(context.getNode(), 'The poll ran out of time', {
			description:
				"TrustPager did not answer in time, or other workflows use up the API key's rate limit. Nothing is lost: the next poll covers the same time. Poll less often, or give the trigger its own key.",
			level: 'warning',
		});
	}
	const items = emissions.map((emission) => toItem(emission, isSimplified(context)));
	// Last: after a throw n8n would go on with whatever was written before it.
	if (state) stored[STATE] = { ...state };
	return items.length > 0 ? [items] : null;
}

async function test(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const { settings, query } = readSettings(context);
	const found = await drive(context, latest(settings), query);
	if (found) return [[toItem(found, isSimplified(context))]];
	throw new NodeOperationError(context.getNode(), 'There is no inbound message to show', {
		description:
			"The newest threads hold no inbound message that passes the 'Filters'. Send an email to TrustPager, or loosen the filters, and test again.",
		level: 'warning',
	});
}

/** Feeds the machine with what it asks for, until it ends. */
async function drive<Result>(
	context: IPollFunctions,
	steps: Steps<Result>,
	query: IDataObject,
): Promise<Result> {
	const budget = new Budget(context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS);
	let step = steps.next();
	while (!step.done) step = steps.next(await fetchPage(context, step.value, query, budget));
	return step.value;
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
