import type { CredentialReference } from '../../lab/n8n';
import type { SandboxSettings, Snapshot } from '../../sandbox';
import { N8nFixture, byId } from './support/n8nFixture';

type Item = Record<string, unknown>;

interface OperationCase {
	name: string;
	/** Settings of the sandbox that differ from its dialect's. */
	settings?: Partial<SandboxSettings>;
	parameters: (seed: Snapshot) => Item;
	/** A request that is expected; `:id` stands for any ID. */
	request: string;
	expect: (items: Item[], seed: Snapshot) => void | Promise<void>;
}

const fixture = new N8nFixture();
const inboundThread = (seed: Snapshot): string =>
	seed.threads.find((thread) => thread.last_message_direction === 'inbound')?.id ?? '';
const pending = (seed: Snapshot): string =>
	seed.approvals.find((approval) => approval.status === 'pending')?.id ?? '';
const scheduled = (seed: Snapshot): string =>
	seed.scheduled.find(({ channel, status }) => channel === 'email' && status === 'pending')?.id ??
	'';
const newConfig = {
	fromEmailHandle: 'billing',
	fromName: 'Billing',
	staffEmail: 'staff@example.com',
};

const CASES: OperationCase[] = [
	{
		name: 'thread getAll',
		parameters: () => ({ resource: 'thread', operation: 'getAll', returnAll: false, limit: 7 }),
		request: 'GET /email/threads',
		expect: (items) => {
			expect(items).toHaveLength(7);
			expect(items[0]).toEqual(expect.objectContaining({ id: expect.any(String) }));
		},
	},
	{
		name: 'thread getAll with Return All',
		parameters: () => ({ resource: 'thread', operation: 'getAll', returnAll: true }),
		request: 'GET /email/threads',
		expect: (items, seed) => {
			const visible = seed.threads.map(({ id }) => id);
			expect(items.length).toBeGreaterThanOrEqual(20);
			expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
			expect(visible).toEqual(expect.arrayContaining(items.map(({ id }) => id as string)));
		},
	},
	{
		name: 'thread get',
		parameters: (seed) => ({
			resource: 'thread',
			operation: 'get',
			threadId: byId(inboundThread(seed)),
		}),
		request: 'GET /email/threads/:id',
		expect: ([item], seed) => expect(item.id).toBe(inboundThread(seed)),
	},
	{
		name: 'thread getMessages over several pages',
		parameters: (seed) => ({
			resource: 'thread',
			operation: 'getMessages',
			threadId: byId(longestThread(seed)),
			returnAll: true,
		}),
		request: 'GET /email/threads/:id/messages',
		expect: (items, seed) => {
			const all = seed.messages.filter(({ thread_id }) => thread_id === longestThread(seed));
			expect(items).toHaveLength(all.length);
			expect(all.length).toBeGreaterThan(200);
		},
	},
	{
		name: 'thread update',
		parameters: (seed) => ({
			resource: 'thread',
			operation: 'update',
			threadId: byId(inboundThread(seed)),
			updateFields: { status: 'archived', isRead: true },
		}),
		request: 'PATCH /email/threads/:id',
		expect: async (_, seed) => {
			const after = await threadNow(inboundThread(seed));
			expect(after).toMatchObject({ status: 'archived', is_read: true });
		},
	},
	{
		name: 'thread delete',
		settings: { threadDelete: 'empty' },
		parameters: (seed) => ({
			resource: 'thread',
			operation: 'delete',
			threadId: byId(inboundThread(seed)),
		}),
		request: 'DELETE /email/threads/:id',
		expect: async ([item], seed) => {
			expect(item).toEqual({ deleted: true, id: inboundThread(seed) });
			const { threads } = await fixture.sandbox.snapshot();
			expect(threads).toHaveLength(seed.threads.length - 1);
		},
	},
	{
		name: 'thread markRead',
		parameters: (seed) => ({
			resource: 'thread',
			operation: 'markRead',
			target: 'selected',
			threadIds: unread(seed).join(','),
		}),
		request: 'POST /email/threads/mark-read',
		expect: async (_, seed) => {
			for (const id of unread(seed)) expect(await threadNow(id)).toMatchObject({ is_read: true });
		},
	},
	{
		name: 'thread markRead of all unread',
		parameters: () => ({ resource: 'thread', operation: 'markRead', target: 'allUnread' }),
		request: 'POST /email/threads/mark-read',
		expect: async () => {
			const { threads } = await fixture.sandbox.snapshot();
			expect(threads.filter(({ is_read }) => !is_read)).toEqual([]);
		},
	},
	{
		name: 'email send',
		parameters: () => ({
			resource: 'email',
			operation: 'send',
			toEmail: 'nathan@example.com',
			subject: 'Your viewing on Friday',
			htmlBody: '<p>See you at ten.</p>',
			mode: 'company',
		}),
		request: 'POST /email/send',
		expect: async ([item]) => {
			expect(item.outcome).toBe('sent');
			expect(await fixture.sandbox.outbox()).toEqual([
				expect.objectContaining({ kind: 'send', to: 'nathan@example.com', mode: 'company' }),
			]);
		},
	},
	{
		name: 'email reply',
		parameters: (seed) => ({
			resource: 'email',
			operation: 'reply',
			threadId: byId(inboundThread(seed)),
			replyHtml: '<p>Thank you, noted.</p>',
			mode: 'company',
		}),
		request: 'POST /email/reply',
		expect: async ([item], seed) => {
			expect(item.outcome).toBe('sent');
			expect(await fixture.sandbox.outbox()).toEqual([
				expect.objectContaining({ kind: 'reply', threadId: inboundThread(seed) }),
			]);
		},
	},
	{
		name: 'email getCapabilities',
		parameters: () => ({ resource: 'email', operation: 'getCapabilities' }),
		request: 'GET /email/capabilities',
		expect: (items) => expect(items.length).toBeGreaterThan(0),
	},
	{
		name: 'config create',
		parameters: () => ({ resource: 'config', operation: 'create', ...newConfig }),
		request: 'POST /email/configs',
		expect: async ([item]) => {
			const { configs } = await fixture.sandbox.snapshot();
			expect(configs).toContainEqual(
				expect.objectContaining({ id: item.id, from_name: 'Billing' }),
			);
		},
	},
	{
		name: 'config get',
		parameters: (seed) => ({
			resource: 'config',
			operation: 'get',
			configId: byId(seed.configs[0].id),
		}),
		request: 'GET /email/configs/:id',
		expect: ([item], seed) => expect(item.id).toBe(seed.configs[0].id),
	},
	{
		name: 'config getAll',
		parameters: () => ({ resource: 'config', operation: 'getAll', returnAll: true }),
		request: 'GET /email/configs',
		expect: (items, seed) => expect(items).toHaveLength(seed.configs.length),
	},
	{
		name: 'config update',
		parameters: (seed) => ({
			resource: 'config',
			operation: 'update',
			configId: byId(seed.configs[0].id),
			updateFields: { fromName: 'Front Desk' },
		}),
		request: 'PATCH /email/configs/:id',
		expect: async (_, seed) => {
			const { configs } = await fixture.sandbox.snapshot();
			expect(configs.find(({ id }) => id === seed.configs[0].id)?.from_name).toBe('Front Desk');
		},
	},
	{
		name: 'config delete',
		parameters: (seed) => ({
			resource: 'config',
			operation: 'delete',
			configId: byId(lastConfig(seed)),
		}),
		request: 'DELETE /email/configs/:id',
		expect: async (items, seed) => {
			expect(items).toEqual([{ deleted: true, id: lastConfig(seed) }]);
			const { configs } = await fixture.sandbox.snapshot();
			expect(configs.map(({ id }) => id)).not.toContain(lastConfig(seed));
		},
	},
	{
		name: 'log getAll',
		parameters: () => ({ resource: 'log', operation: 'getAll', returnAll: false, limit: 5 }),
		request: 'GET /email/logs',
		expect: (items) => expect(items).toHaveLength(5),
	},
	{
		name: 'scheduledEmail create',
		parameters: () => ({
			resource: 'scheduledEmail',
			operation: 'create',
			toEmail: 'ann@example.com',
			subject: 'Later',
			htmlBody: '<p>Later</p>',
			scheduledFor: '={{ $now.plus(2, "days") }}',
		}),
		request: 'POST /scheduled-communications',
		expect: async ([item]) => {
			expect(item).toMatchObject({ outcome: 'scheduled', status: 'pending' });
			expect(await scheduledNow(String(item.id))).toBe('pending');
		},
	},
	{
		name: 'scheduledEmail get',
		parameters: (seed) => ({
			resource: 'scheduledEmail',
			operation: 'get',
			scheduledEmailId: byId(scheduled(seed)),
		}),
		request: 'GET /scheduled-communications/:id',
		expect: ([item], seed) => expect(item.id).toBe(scheduled(seed)),
	},
	{
		name: 'scheduledEmail getAll',
		parameters: () => ({ resource: 'scheduledEmail', operation: 'getAll', returnAll: true }),
		request: 'GET /scheduled-communications',
		expect: (items, seed) =>
			expect(items).toHaveLength(
				seed.scheduled.filter(({ channel }) => channel === 'email').length,
			),
	},
	{
		name: 'scheduledEmail update',
		parameters: (seed) => ({
			resource: 'scheduledEmail',
			operation: 'update',
			scheduledEmailId: byId(scheduled(seed)),
			updateFields: { subject: 'Another subject' },
		}),
		request: 'PATCH /scheduled-communications/:id',
		expect: ([item]) => expect(item.payload).toMatchObject({ subject: 'Another subject' }),
	},
	{
		name: 'scheduledEmail sendNow',
		parameters: (seed) => ({
			resource: 'scheduledEmail',
			operation: 'sendNow',
			scheduledEmailId: byId(scheduled(seed)),
		}),
		request: 'POST /scheduled-communications/:id/dispatch-now',
		expect: async (_, seed) => {
			await fixture.sandbox.advanceClock(60_000);
			expect(await scheduledNow(scheduled(seed))).toBe('dispatched');
		},
	},
	{
		name: 'scheduledEmail cancel',
		parameters: (seed) => ({
			resource: 'scheduledEmail',
			operation: 'cancel',
			scheduledEmailId: byId(scheduled(seed)),
		}),
		request: 'DELETE /scheduled-communications/:id',
		expect: async (items, seed) => {
			expect(items).toEqual([{ cancelled: true, id: scheduled(seed) }]);
			expect(await scheduledNow(scheduled(seed))).toBe('cancelled');
		},
	},
	{
		name: 'approval get',
		parameters: (seed) => ({
			resource: 'approval',
			operation: 'get',
			approvalId: byId(pending(seed)),
		}),
		request: 'GET /approvals/:id',
		expect: ([item], seed) => expect(item).toMatchObject({ id: pending(seed), status: 'pending' }),
	},
	{
		name: 'approval getAll',
		parameters: () => ({ resource: 'approval', operation: 'getAll', returnAll: true }),
		request: 'GET /approvals',
		expect: (items) => expect(items.length).toBeGreaterThan(0),
	},
	{
		name: 'approval approve',
		parameters: (seed) => ({
			resource: 'approval',
			operation: 'approve',
			approvalId: byId(pending(seed)),
		}),
		request: 'POST /approvals/:id/approve',
		expect: async (_, seed) => expect(await approvalNow(pending(seed))).toBe('approved'),
	},
	{
		name: 'approval reject',
		parameters: (seed) => ({
			resource: 'approval',
			operation: 'reject',
			approvalId: byId(pending(seed)),
			reason: 'Wrong person',
		}),
		request: 'POST /approvals/:id/reject',
		expect: async (_, seed) => expect(await approvalNow(pending(seed))).toBe('rejected'),
	},
];

function longestThread(seed: Snapshot): string {
	return [...seed.threads].sort((a, b) => b.message_count - a.message_count)[0].id;
}

function unread(seed: Snapshot): string[] {
	return seed.threads
		.filter(({ is_read }) => !is_read)
		.map(({ id }) => id)
		.slice(0, 2);
}

function lastConfig(seed: Snapshot): string {
	return seed.configs.filter(({ is_default }) => !is_default)[0].id;
}

async function threadNow(id: string): Promise<unknown> {
	return (await fixture.sandbox.snapshot()).threads.find((thread) => thread.id === id);
}

async function scheduledNow(id: string): Promise<string | undefined> {
	return (await fixture.sandbox.snapshot()).scheduled.find((row) => row.id === id)?.status;
}

async function approvalNow(id: string): Promise<string | undefined> {
	return (await fixture.sandbox.snapshot()).approvals.find((approval) => approval.id === id)
		?.status;
}

describe('every operation in a workflow', () => {
	let credential: CredentialReference;
	let seed: Snapshot;

	beforeAll(async () => {
		credential = await fixture.credential();
	});

	beforeEach(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		seed = await fixture.sandbox.snapshot();
	});

	it.each(CASES)('$name', async ({ settings, parameters, request, expect: check }) => {
		if (settings) await fixture.sandbox.set(settings);
		const items = await fixture.runOperation(credential, parameters(seed));
		await check(items, seed);
		const requests = (await fixture.sandbox.requests()).map(
			({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`,
		);
		expect(requests).toContain(request);
		expect(await fixture.sandbox.violations()).toEqual([]);
	});
});
