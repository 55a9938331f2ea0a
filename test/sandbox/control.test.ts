import { connectControl, startSandbox, type SandboxControl } from '../../sandbox';
import { MAIL, NOBODY, NOW, until, useSandbox } from './client';

const api = useSandbox();

/** Calls most methods of a control; the results must not depend on whether it is in process or over HTTP. */
async function exercise(control: SandboxControl): Promise<unknown[]> {
	const results: unknown[] = [];
	await control.reset({ seed: 'empty', now: NOW });
	const { thread, message } = await control.receive({
		subject: 'One',
		fromEmail: 'ann@people.example',
		fromName: 'Ann',
		html: '<p>Hi <b>there</b></p>',
	});
	results.push(thread, message);
	await control.advanceClock(90_000);
	results.push(await control.now());
	results.push(await control.writeOutbound(thread.id, { text: 'Thanks' }));
	results.push(await control.addMessages(thread.id, 3));
	results.push(await control.addThreads(2));
	results.push(await control.patchThread(thread.id, { last_message_at: 'soon', is_read: true }));
	await control.set({ listOrder: 'oldest', rateLimit: null });
	results.push(await control.settings());
	const key = await control.addKey({ scopes: ['email:read'] });
	results.push(key);
	results.push(await control.addFault({ kind: 'status' }));
	await control.clearFaults();
	await control.setClock('2027-01-01T00:00:00Z');
	results.push(await control.now());
	await control.deleteThread(thread.id);
	results.push(await control.snapshot(), await control.outbox(), await control.violations());
	await control.shiftPagesBy(1);
	await control.duplicateCursor();
	await control.clearRequests();
	results.push(await control.requests());
	for (const bad of [control.deleteThread(NOBODY), control.setClock('never')]) {
		results.push(await bad.catch((error: Error) => error.message));
	}
	return results;
}

describe('control', () => {
	it('gives the same results over HTTP as in process', async () => {
		const { control, origin } = api().sandbox;
		const inProcess = await exercise(control);
		expect(inProcess).toContain('2026-11-20T10:01:30Z');
		expect(await exercise(connectControl(origin))).toEqual(inProcess);
		expect(inProcess[inProcess.length - 2]).toBe(`The sandbox has no thread ${NOBODY}`);
	});

	it('has no methods over HTTP that it lacks in process', async () => {
		const { control, origin } = api().sandbox;
		await expect(
			(connectControl(origin) as unknown as { nothing(): Promise<void> }).nothing(),
		).rejects.toThrow('no control nothing');
		expect(Object.keys(control)).toContain('decideApproval');
		await expect(
			(connectControl(origin) as unknown as { toString(): Promise<void> }).toString(),
		).rejects.toThrow('no control toString');
	});

	it('an inbound email opens a thread, or joins one and marks it unread', async () => {
		const { control } = api().sandbox;
		const { thread } = await control.receive({ text: 'Hello  you', subject: 'New' });
		expect(thread).toEqual(
			expect.objectContaining({
				subject: 'New',
				is_read: false,
				message_count: 1,
				last_message_at: NOW,
				last_message_preview: 'Hello you',
			}),
		);
		await control.patchThread(thread.id, { is_read: true });
		await control.advanceClock(1000);
		const [contact] = await api().rows<{ id: string }>('/contacts?limit=1');
		const joined = await control.receive({ threadId: thread.id, contactId: contact.id });
		expect(joined.thread).toEqual(
			expect.objectContaining({ id: thread.id, is_read: false, message_count: 2 }),
		);
		expect(joined.thread.linked_entities.contacts).toHaveLength(1);
		expect(joined.message).toEqual(
			expect.objectContaining({ direction: 'inbound', created_at: '2026-11-20T10:00:01Z' }),
		);
	});

	it('an inbound email has the row that a test gives it, undocumented and missing fields included', async () => {
		const { control } = api().sandbox;
		const row = { from_email: null, reply_to: ['ann@people.example'], direction: 'INBOUND' };
		const { thread, message } = await control.receive({ subject: 'One', row });
		expect(message).toMatchObject({ ...row, subject: 'One' });
		expect(await api().rows(`/email/threads/${thread.id}/messages`)).toEqual([message]);
	});

	it.each([
		['max', NOW],
		['latest', '2026-11-20T09:00:00Z'],
	] as const)('an email dated in the past with lastMessageAt %s', async (lastMessageAt, wanted) => {
		const { control } = api().sandbox;
		await control.set({ lastMessageAt });
		const { thread } = await control.receive();
		const late = await control.receive({ threadId: thread.id, createdAt: '2026-11-20T09:00:00Z' });
		expect([late.thread.last_message_at, late.thread.message_count]).toEqual([wanted, 2]);
		const rows = await api().rows(`/email/threads/${thread.id}/messages`);
		expect(rows.map(({ id }) => id)[0]).toBe(late.message.id);
	});

	it('malformed dates are kept as is', async () => {
		const { control } = api().sandbox;
		const { message, thread } = await control.receive({ createdAt: 'yesterday' });
		expect([message.created_at, thread.last_message_at]).toEqual(['yesterday', 'yesterday']);
		await control.patchThread(thread.id, { last_message_at: null });
		const rows = await api().rows('/email/threads?limit=100');
		expect(rows[rows.length - 1]).toEqual(
			expect.objectContaining({ id: thread.id, last_message_at: null }),
		);
	});

	it('the API no longer has a deleted thread', async () => {
		const { control } = api().sandbox;
		const [{ id }] = await api().rows('/email/threads?limit=1');
		await control.deleteThread(id);
		for (const path of [`/email/threads/${id}`, `/email/threads/${id}/messages`]) {
			expect((await api().get(path)).status).toBe(404);
		}
		expect((await api().rows('/email/threads?limit=1'))[0].id).not.toBe(id);
	});

	it('returns copies', async () => {
		const { control } = api().sandbox;
		await api().post('/email/send', MAIL);
		(await control.outbox()).pop();
		(await control.settings()).credits = 0;
		expect(await control.outbox()).toHaveLength(1);
		expect((await control.settings()).credits).not.toBe(0);
	});

	it('reset restarts the ids, or starts them at firstId', async () => {
		const { control } = api().sandbox;
		const idAfter = async (firstId?: number) => {
			await control.reset({ seed: 'empty', firstId });
			return (await control.receive()).thread.id;
		};
		const usual = await idAfter();
		expect(await idAfter()).toBe(usual);
		expect(await idAfter(500)).not.toBe(usual);
		expect(await idAfter()).toBe(usual);
	});

	it('reset restores everything and clears added keys and faults', async () => {
		const { control } = api().sandbox;
		const before = [await control.snapshot(), await control.settings()];
		const key = await control.addKey({ scopes: ['email:read'] });
		await control.addFault({ kind: 'status', times: null });
		await api().post('/email/send', MAIL);
		await control.set({ credits: 1 });
		await control.reset();
		expect([await control.snapshot(), await control.settings()]).toEqual(before);
		expect(await control.requests()).toEqual([]);
		expect((await api().get('/email/threads', { key })).status).toBe(401);
	});
});

describe('a sandbox', () => {
	it('has the same realistic demo data in every run', async () => {
		const other = await startSandbox({ now: NOW });
		const [one, two] = [await api().sandbox.control.snapshot(), await other.control.snapshot()];
		expect(other.keys).toEqual(api().sandbox.keys);
		await other.close();
		expect(two).toEqual(one);
		expect(one.threads.length).toBeGreaterThanOrEqual(25);
		expect(Math.max(...one.threads.map((thread) => thread.message_count))).toBeGreaterThanOrEqual(
			230,
		);
		expect(one.configs).toHaveLength(2);
		const states = new Set(one.approvals.map(({ status }) => status));
		expect(states).toEqual(new Set(['pending', 'approved', 'rejected', 'expired']));
		const ids = [...one.threads, ...one.messages, ...one.logs].map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(one.messages.every(({ created_at }) => created_at < NOW)).toBe(true);
	});

	it('close ends requests that hang or wait', async () => {
		const other = await startSandbox({ seed: 'empty' });
		await other.control.addFault({ kind: 'hang' });
		await other.control.addFault({ kind: 'delay', delayMs: 3_600_000 });
		const get = async () => await fetch(`${other.apiUrl}/email/logs`);
		const ended = [get(), get()].map(async (answer) => await expect(answer).rejects.toThrow());
		await until(async () => (await other.control.requests()).length === 2);
		await other.close();
		await Promise.all(ended);
	});
});
