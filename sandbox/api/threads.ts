import type { ApiRequest } from '../world/apiTypes';
import { addThreads, receiveMail } from '../world/mail';
import type { ThreadRecord } from '../world/store';
import type { World } from '../world/world';
import { COST, requireCredits, spend } from './credits';
import type { Handler } from './handler';
import { pageOf } from './paging';
import { existingThread, threadRow } from './threadRow';

const listThreads: Handler = (request, world) => {
	const { listOrder } = world.settings;
	const rows = filterThreads(world.store.threads.sorted(listOrder), request);
	const page = pageOf(world, request, 'threads', rows, listOrder);
	const body = {
		data: page.rows.map((thread) => threadRow(world, thread)),
		pagination: page.pagination,
	};
	// The rows are copied above: mail that arrives now must not appear in this answer.
	const shift = world.pagingFaults.takeShift();
	if (shift !== null) arrive(world, shift, page.rest);
	return { status: 200, body };
};

const getThread: Handler = ({ params }, world) => {
	const thread = existingThread(world, params.id);
	const messages = world.settings.threadEmbedsMessages
		? { messages: thread.messages.sorted('oldest').map(({ row }) => row) }
		: {};
	return { status: 200, body: { data: { ...threadRow(world, thread), ...messages } } };
};

const listMessages: Handler = (request, world) => {
	const thread = existingThread(world, request.params.id);
	const { messageOrder } = world.settings;
	const rows = thread.messages.sorted(messageOrder);
	const page = pageOf(world, request, `messages ${thread.id}`, rows, messageOrder);
	return {
		status: 200,
		body: { data: page.rows.map(({ row }) => row), pagination: page.pagination },
	};
};

const updateThread: Handler = ({ params, body }, world) => {
	const thread = existingThread(world, params.id);
	requireCredits(world, COST.write);
	if (typeof body.is_read === 'boolean') thread.is_read = body.is_read;
	if (typeof body.status === 'string') thread.status = body.status;
	const { id, is_read, status, subject } = thread;
	return {
		status: 200,
		body: { data: { id, is_read, status, subject }, meta: spend(world, COST.write) },
	};
};

const markThreadsRead: Handler = ({ body }, world) => {
	requireCredits(world, COST.write);
	const threads =
		body.all === true
			? world.store.threads.sorted(world.settings.listOrder)
			: (body.thread_ids as string[]).flatMap((id) => world.store.threads.get(id) ?? []);
	let updated = 0;
	for (const thread of threads) {
		if (thread.is_read) continue;
		thread.is_read = true;
		updated++;
	}
	return {
		status: 200,
		body: { data: { success: true, updated }, meta: spend(world, COST.write) },
	};
};

export const threadHandlers = {
	listThreads,
	getThread,
	listMessages,
	updateThread,
	markThreadsRead,
};

/** The filter is documented with open and closed, PATCH with active, archived and spam; the sandbox's mapping. */
const STATUSES: Record<string, string[]> = {
	open: ['open', 'active'],
	active: ['open', 'active'],
	closed: ['closed', 'archived', 'spam'],
};

function filterThreads(threads: ThreadRecord[], { query }: ApiRequest): ThreadRecord[] {
	const tests: Array<(thread: ThreadRecord) => boolean> = [];
	const { status, is_read, is_automated, direction, search, participant } = query;
	if (typeof status === 'string') {
		const wanted = STATUSES[status] ?? [status];
		tests.push((thread) => wanted.includes(thread.status));
	}
	if (is_read !== undefined) tests.push((thread) => thread.is_read === is_read);
	if (is_automated !== undefined) tests.push((thread) => thread.is_automated === is_automated);
	if (direction !== undefined) {
		tests.push((thread) => thread.last_message_direction === direction);
	}
	if (typeof search === 'string') {
		const wanted = search.toLowerCase();
		tests.push((thread) => thread.subject.toLowerCase().includes(wanted));
	}
	if (typeof participant === 'string') {
		const wanted = participant.toLowerCase();
		tests.push((thread) => thread.participants.some(({ email }) => email.toLowerCase() === wanted));
	}
	for (const [field, list] of [
		['contact_id', 'contacts'],
		['deal_id', 'deals'],
		['customer_id', 'customers'],
	] as const) {
		const id = query[field];
		if (typeof id === 'string') tests.push((thread) => thread[list].includes(id.toLowerCase()));
	}
	if (tests.length === 0) return threads;
	return threads.filter((thread) => tests.every((test) => test(thread)));
}

function arrive(
	world: World,
	{ n, into }: { n: number; into: 'new' | 'unseen' },
	unseen: ThreadRecord[],
): void {
	if (into === 'new') addThreads(world, n);
	else for (const { id } of unseen.slice(0, n)) receiveMail(world, { threadId: id });
}
