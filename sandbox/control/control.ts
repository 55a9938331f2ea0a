import { decide } from '../api/approvalQueue';
import { execute } from '../api/execute';
import { dispatchDue } from '../api/scheduled/tick';
import { threadRow } from '../api/threadRow';
import { applySeed } from '../seed';
import { unsubscribe } from '../world/contacts';
import { makeKey } from '../world/keys';
import {
	addMessages,
	addOutbound,
	addThreads,
	receiveMail,
	threadOf,
	type Arrival,
} from '../world/mail';
import { orderMs, type Entry, type OrderedRows } from '../world/orderedRows';
import type { World } from '../world/world';
import type { SandboxControl, Snapshot, ThreadPatch } from './interface';

/** The control of a sandbox in this process; it returns copies. `releaseReplies` ends the replies that hang or wait. */
export function createControl(world: World, releaseReplies: () => void): SandboxControl {
	const methods: SandboxControl = {
		reset: async (options = {}) => {
			releaseReplies();
			world.reset(options);
			applySeed(world);
		},
		receive: async (mail = {}) => arrivalRows(world, receiveMail(world, mail)),
		writeOutbound: async (threadId, mail = {}) => {
			const thread = threadOf(world, threadId);
			const toEmail = mail.toEmail ?? thread.participants[0]?.email ?? 'sam@visitor.example';
			const fromEmail = mail.fromEmail ?? world.store.users[0].email;
			const text = mail.text ?? 'Thank you, we are on it.';
			return arrivalRows(world, addOutbound(world, thread, { ...mail, toEmail, fromEmail, text }));
		},
		setClock: async (at) => {
			world.clock.set(at);
			dispatchDue(world);
		},
		advanceClock: async (ms) => {
			world.clock.advance(ms);
			dispatchDue(world);
		},
		now: async () => world.clock.iso(),
		set: async (settings) => void Object.assign(world.settings, settings),
		settings: async () => world.settings,
		addKey: async ({ scopes, name = `key${world.keys.size + 1}` }) => {
			const key = makeKey(name, scopes);
			world.keys.set(key.secret, key);
			return key.secret;
		},
		addFault: async (fault) => world.faults.add(fault),
		clearFaults: async () => {
			world.faults.clear();
			world.pagingFaults.clear();
			releaseReplies();
		},
		shiftPagesBy: async (n, into = 'new') => {
			world.settings.paging = 'offset';
			world.pagingFaults.shiftPagesBy(n, into);
		},
		duplicateCursor: async (times = 1) => world.pagingFaults.duplicateCursor(times),
		requests: async () => world.requests.all(),
		clearRequests: async () => world.requests.clear(),
		outbox: async () => {
			dispatchDue(world);
			return world.outbox;
		},
		violations: async () => world.violations,
		snapshot: async () => {
			dispatchDue(world);
			return snapshotOf(world);
		},
		patchThread: async (id, patch) => {
			patchThread(world, id, patch);
			return threadRow(world, threadOf(world, id));
		},
		deleteThread: async (id) => void world.store.threads.remove(threadOf(world, id).id),
		unsubscribe: async (email) => unsubscribe(world, email),
		addMessages: async (threadId, n) => addMessages(world, threadId, n),
		addThreads: async (n) => addThreads(world, n),
		setLogStatus: async (id, status) => Object.assign(rowOf(world.store.logs, id), { status }),
		finishScheduled: async (id, status) => {
			const now = world.clock.iso();
			const dispatched = status === 'dispatched' ? { dispatched_at: now } : {};
			return Object.assign(rowOf(world.store.scheduled, id), {
				status,
				updated_at: now,
				...dispatched,
			});
		},
		decideApproval: async (id, decision, requestBody) => {
			const entry = world.store.approvals.get(id);
			if (entry === undefined) throw new Error(`The sandbox has no approval ${id}`);
			if (requestBody !== undefined) entry.row.request_body = requestBody;
			return decide(world, entry, decision, world.store.users[0].name, execute).row;
		},
	};
	return copying(world, methods);
}

const READ_ONLY = new Set<string>([
	'now',
	'settings',
	'requests',
	'outbox',
	'violations',
	'snapshot',
]);

/** Notifies the page of changes, and returns copies so that callers never hold the sandbox's own objects. */
function copying(world: World, methods: SandboxControl): SandboxControl {
	const wrapped = Object.entries(methods).map(([name, method]) => {
		const call = method as (...args: unknown[]) => Promise<unknown>;
		return [
			name,
			async (...args: unknown[]) => {
				const result = structuredClone(await call(...args));
				if (!READ_ONLY.has(name)) world.changed();
				return result;
			},
		];
	});
	return Object.fromEntries(wrapped) as SandboxControl;
}

/** Throws a plain error: an unknown row here is a bug in the test. */
function rowOf<Row>(rows: OrderedRows<Entry<Row>>, id: string): Row {
	const entry = rows.get(id);
	if (entry === undefined) throw new Error(`The sandbox has no row ${id}`);
	return entry.row;
}

function arrivalRows(world: World, { thread, message }: Arrival) {
	return { thread: threadRow(world, thread), message: message.row };
}

function patchThread(world: World, id: string, patch: ThreadPatch): void {
	const thread = threadOf(world, id);
	Object.assign(thread, patch);
	if (patch.last_message_at !== undefined) {
		thread.atMs = orderMs(patch.last_message_at);
		world.store.threads.touch();
	}
}

function snapshotOf(world: World): Snapshot {
	const { threads, logs, configs, approvals, scheduled, activities } = world.store;
	const sorted = threads.sorted('newest');
	return {
		threads: sorted.map((thread) => threadRow(world, thread)),
		messages: sorted.flatMap((thread) =>
			thread.messages.sorted('oldest').map(({ row }) => ({ ...row, thread_id: thread.id })),
		),
		logs: logs.sorted('newest').map(({ row }) => row),
		configs: configs.sorted('oldest').map(({ row }) => row),
		scheduled: scheduled.sorted('newest').map(({ row }) => row),
		approvals: approvals.sorted('newest').map(({ row }) => row),
		activities: activities.sorted('oldest').map(({ row }) => row),
	};
}
