import { addThreads, link, receiveMail } from '../world/mail';
import type { ThreadRecord } from '../world/store';
import type { World } from '../world/world';
import { COST, requireCredits, spend } from './credits';
import type { Handler } from './handler';
import { existingLinks } from './sending/links';
import { sortOf } from './lists/listOrder';
import { pageOf } from './lists/paging';
import { filterThreads } from './lists/threadFilters';
import { existingThread, shownThread } from './threadRow';

const listThreads: Handler = (request, world) => {
	const { order, list } = sortOf(world, request, 'threads');
	const rows = filterThreads(world, world.store.threads.sorted(order), request);
	const page = pageOf(world, request, list, rows, order);
	const body = {
		data: page.rows.map((thread) => shownThread(world, thread)),
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
	return { status: 200, body: { data: { ...shownThread(world, thread), ...messages } } };
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
	const links = existingLinks(world, body);
	requireCredits(world, COST.write);
	link(thread, links);
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

const deleteThread: Handler = ({ params }, world) => {
	const { id } = existingThread(world, params.id);
	requireCredits(world, COST.write);
	world.store.threads.remove(id);
	spend(world, COST.write);
	return world.settings.threadDelete === 'empty'
		? { status: 204 }
		: { status: 200, body: { data: { deleted: true, id } } };
};

export const threadHandlers = {
	listThreads,
	getThread,
	listMessages,
	updateThread,
	deleteThread,
	markThreadsRead,
};

function arrive(
	world: World,
	{ n, into }: { n: number; into: 'new' | 'unseen' },
	unseen: ThreadRecord[],
): void {
	if (into === 'new') addThreads(world, n);
	else for (const { id } of unseen.slice(0, n)) receiveMail(world, { threadId: id });
}
