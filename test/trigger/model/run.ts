import { poll } from '../../../nodes/TrustPager/trigger/poll/poll';
import type { TriggerState } from '../../../nodes/TrustPager/trigger/poll/state';
import { readState } from '../../../nodes/TrustPager/trigger/poll/state';
import type {
	PollResult,
	PageResult,
	Settings,
	PageRequest,
} from '../../../nodes/TrustPager/trigger/poll/types';
import type { Mailbox } from './mailbox';

export interface PollPlan {
	maxMessages: number;
	/** From this request on the deadline is reported as near; it passes three requests later. */
	budget?: number;
	/** From this request on the deadline is reported as near for the list only: there is time left to read threads. */
	listBudget?: number;
	/** The request that fails; the poll throws. */
	failsAt?: number;
	/** Called before each request is answered. */
	before?: (request: number) => void;
	/** The server's Date header, if it sends one. */
	serverTime?: () => number;
}

/** Runs one poll against the model, as the driver does over HTTP. Undefined when the poll failed as planned. */
export function runPoll(
	mailbox: Mailbox,
	state: TriggerState | undefined,
	settings: Settings,
	plan: PollPlan,
): { result: PollResult; requests: PageRequest[] } | undefined {
	const steps = poll(state, { ...settings, maxMessages: plan.maxMessages });
	const requests: PageRequest[] = [];
	let step = steps.next();
	while (!step.done) {
		requests.push(step.value);
		plan.before?.(requests.length);
		if (plan.failsAt === requests.length) return undefined;
		if (requests.length > 20_000) throw new Error('The poll does not end');
		step = steps.next(answer(mailbox, step.value, requests.length, plan));
	}
	return { result: step.value, requests };
}

function answer(
	mailbox: Mailbox,
	pageRequest: PageRequest,
	request: number,
	plan: PollPlan,
): PageResult {
	const { budget = Infinity, listBudget = Infinity } = plan;
	if (request > budget + 3) return { outcome: 'outOfTime', nearDeadline: true };
	const nearDeadline = request >= budget;
	if (pageRequest.kind === 'threads') {
		const page = mailbox.listThreads(pageRequest.cursor);
		const isShort = nearDeadline || request >= listBudget;
		return { outcome: 'page', page, serverTime: plan.serverTime?.(), nearDeadline: isShort };
	}
	const page = mailbox.listMessages(pageRequest.threadId, pageRequest.cursor);
	return page ? { outcome: 'page', page, nearDeadline } : { outcome: 'gone', nearDeadline };
}

/** The state after n8n has stored and loaded it. */
export function stored(state: TriggerState | undefined): TriggerState | undefined {
	return state && readState(JSON.parse(JSON.stringify(state)));
}
