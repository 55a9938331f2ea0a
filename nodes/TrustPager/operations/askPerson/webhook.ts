import type {
	INodeProperties,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { ParameterReader } from '../../parameters/parameterReader';
import { openStore } from '../../transport/processMemory';
import { isObject } from '../../values';
import { readAnswer, type Entries } from './answer';
import type { Asked } from './link';
import { contextOfRun, readLink, stateOf } from './link';
import { notePage, PAGE_HEADERS, questionPage } from './page';
import { fingerprintOf, questionInEmail, readQuestion, type Question } from './question';

const description = (httpMethod: 'GET' | 'POST'): IWebhookDescription => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
});

/** Where n8n takes the answers. HEAD has no entry, so that n8n itself answers it and goes on waiting. */
export const webhooks = [description('GET'), description('POST')];

/** What is used of a response of n8n's web server. */
interface PageResponse {
	setHeader(name: string, value: string): void;
	status(code: number): { send(body: string): void };
}

const CLOSED = {
	forged: [401, 'This link is not valid', 'Please open the link in the email again, as a whole.'],
	answered: [409, 'Already answered', 'This question has been answered. You can close this page.'],
	late: [
		410,
		'Too late',
		'The time to answer is over, and the workflow goes on without an answer.',
	],
	unreadable: [
		404,
		'The question cannot be shown',
		'Please tell the person who runs the workflow: n8n cannot read the parameters of the question any more.',
	],
} as const;

/** When an answer was taken. n8n before 2.x would resume an execution twice for two answers at the same time. */
const answers = openStore<number>('answers');
/** By then n8n itself knows that the execution has gone on; if it has not, the person may answer again. */
const TAKEN_MS = 60_000;

/**
 * The page that the email links to. Only a POST with a button of the question decides: scanners and previews open every
 * link in an email, under any name.
 */
export function answerWebhook(parameters: { subject: INodeProperties; options: INodeProperties }) {
	return async function webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject() as unknown as PageResponse;
		for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
		const show = (status: number, html: string): IWebhookResponseData => {
			response.status(status).send(html);
			return { noWebhookResponse: true };
		};
		const close = (why: keyof typeof CLOSED) =>
			show(CLOSED[why][0], notePage(CLOSED[why][1], CLOSED[why][2]));

		try {
			const asked = readLink(this);
			if (asked === undefined) return close('forged');
			const state = stateOf(this, asked);
			if (state !== 'open') return close(state);
			const question = readAgain(this, asked, parameters);
			const { method } = this.getRequestObject() as unknown as { method: string };
			if (method !== 'POST') return show(200, questionPage(question));
			const entries = entriesOf(this);
			const answer = readAnswer(question, entries);
			if (answer === undefined) return show(400, questionPage(question));
			if ('problems' in answer) return show(400, questionPage(question, entries, answer.problems));
			if (!take(this, asked)) return close('answered');
			const data = { ...answer.data, respondedAt: new Date().toISOString() };
			return {
				webhookResponse: notePage(
					'Thank you',
					'Your answer has been recorded. You can close this page.',
				),
				workflowData: [[{ json: { data }, pairedItem: { item: 0 } }]],
			};
		} catch {
			// n8n would end the execution that waits with the error of this request.
			return close('unreadable');
		}
	};
}

/** The question as its email was written, or what is left of it. */
function readAgain(
	context: IWebhookFunctions,
	asked: Asked,
	parameters: { subject: INodeProperties; options: INodeProperties },
): Question {
	const question = readQuestion(new ParameterReader(contextOfRun(context, asked)), parameters);
	return fingerprintOf(question) === asked.question ? question : questionInEmail(question);
}

/** What was entered: n8n puts the fields of a form of the kind `multipart/form-data` under `data`. */
function entriesOf(context: IWebhookFunctions): Entries {
	const body: unknown = context.getBodyData();
	if (!isObject(body)) return {};
	return isObject(body.data) ? body.data : body;
}

/** Whether this answer is the first one. */
function take(context: IWebhookFunctions, { run }: Asked): boolean {
	const key = [context.getExecutionId(), context.getNode().id, run].join(' ');
	const taken = answers.get(key);
	if (taken !== undefined && Date.now() - taken < TAKEN_MS) return false;
	answers.set(key, Date.now());
	return true;
}
