import { timingSafeEqual } from 'node:crypto';
import type { FunctionsBase, IWebhookFunctions } from 'n8n-workflow';

import { isGate } from '../../parameters/entered';
import { textOf } from '../../values';

/** What a link says about its question. n8n signs it, so that nobody can change it. */
export interface Asked {
	/** Which run of the node asks, as n8n counts them: the execution and the node are all that n8n's address names. */
	run: string;
	/** Fingerprint of the question. */
	question: string;
	/** In ms; until when an answer counts. */
	until?: string;
}

type Context = Pick<FunctionsBase, 'getNode' | 'getSignedResumeUrl'> &
	Pick<IWebhookFunctions, 'evaluateExpression'>;

/** The address of the page that asks a question: n8n's own signed address for resuming this execution at this node. */
export function linkTo(context: Context, question: string, until?: Date): string {
	return context.getSignedResumeUrl({
		run: lastRun(context),
		question,
		...(until && { until: String(until.getTime()) }),
	});
}

/** How many runs of the node n8n has on record: the same while a run asks and until it is answered, and never again. */
function lastRun(context: Context): string {
	const name = JSON.stringify(context.getNode().name);
	return String(context.evaluateExpression(`{{ $node[${name}].runIndex }}`, 0));
}

/**
 * What the link of a request says; undefined when its signature does not fit. n8n looks at the signature first, but
 * before 2.41 it does not for a gate (HitlTool).
 */
export function readLink(context: IWebhookFunctions): Asked | undefined {
	const query = context.getQueryData() as Record<string, unknown>;
	const [run, question, until, signature] = ['run', 'question', 'until', 'signature'].map((name) =>
		textOf(query[name]),
	);
	if (run === undefined || question === undefined || signature === undefined) return undefined;
	const asked: Asked = { run, question, ...(until !== undefined && { until }) };
	const expected = new URL(context.getSignedResumeUrl({ ...asked })).searchParams.get('signature');
	return isSame(signature, expected ?? '') ? asked : undefined;
}

function isSame(one: string, other: string): boolean {
	const [given, wanted] = [Buffer.from(one), Buffer.from(other)];
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Whether an answer to this question still counts. */
export function stateOf(
	context: IWebhookFunctions,
	{ run, until }: Asked,
): 'open' | 'late' | 'answered' {
	if (run !== lastRun(context)) return 'answered';
	return until !== undefined && Number(until) <= Date.now() ? 'late' : 'open';
}

/** The context as it was when the run asked: n8n always gives a webhook that of the node's first run. */
export function contextOfRun(context: IWebhookFunctions, { run }: Asked): IWebhookFunctions {
	const runIndex = Number(run) + (isGate(context.getNode()) ? 0 : 1);
	return Object.create(context, { runIndex: { value: runIndex } }) as IWebhookFunctions;
}
