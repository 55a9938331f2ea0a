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
	/** From this request on the machine is told to nearDeadline; the time is up three requests later. */
	budget?: number;
	/** From this request on the list alone is told to nearDeadline: there is time left to read threads. */
	listBudget?: number;
	/** The request that fails; the poll throws. */
	failsAt?: number;
	/** Called before each request is answered. */
	before?: (request: number) => void;
	/** The server's Date header, if it sends one. */
	serverTime?: () => number;
}

/** Runs one poll against the model, as the driver does over HTTP; undefined when it met its planted fault. */
export function runPoll(
	mailbox: Mailbox,
	state: TriggerState | undefined,
	settings: Settings,
	plan: PollPlan,
): { result: PollResult; wants: PageRequest[] } | undefined {
	const steps = poll(state, { ...settings, maxMessages: plan.maxMessages });
	const wants: PageRequest[] = [];
	let step = steps.next();
	while (!step.done) {
		wants.push(step.value);
		plan.before?.(wants.length);
		if (plan.failsAt === wants.length) return undefined;
		if (wants.length > 20_000) throw new Error('The poll does not end');
		step = steps.next(answer(mailbox, step.value, wants.length, plan));
	}
	return { result: step.value, wants };
}

function answer(mailbox: Mailbox, want: PageRequest, request: number, plan: PollPlan): PageResult {
	const { budget = Infinity, listBudget = Infinity } = plan;
	if (request > budget + 3) return { outcome: 'outOfTime', nearDeadline: true };
	const nearDeadline = request >= budget;
	if (want.kind === 'threads') {
		const page = mailbox.listThreads(want.cursor);
		const isShort = nearDeadline || request >= listBudget;
		return { outcome: 'page', page, serverTime: plan.serverTime?.(), nearDeadline: isShort };
	}
	const page = mailbox.listMessages(want.threadId, want.cursor);
	return page ? { outcome: 'page', page, nearDeadline } : { outcome: 'gone', nearDeadline };
}

/** The state as n8n stores it and gives it back. */
export function stored(state: TriggerState | undefined): TriggerState | undefined {
	return state && readState(JSON.parse(JSON.stringify(state)));
}
