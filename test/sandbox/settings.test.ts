import { codeOf, MAIL, messageOf, NOBODY, NOW, useSandbox } from './client';

const api = useSandbox();

const set: ReturnType<typeof api>['sandbox']['control']['set'] = async (settings) =>
	await api().sandbox.control.set(settings);

const rootOf = async (path: string) => Object.keys((await api().get(path)).body);

const dataOf = async (path: string) => Object.keys((await api().get(path)).body.data ?? {});

describe('a setting alone', () => {
	it('plan: on the Free plan every call answers PLAN_REQUIRED', async () => {
		await set({ plan: 'free' });
		for (const path of ['/email/threads', '/ai-instructions', '/nowhere']) {
			const answer = await api().get(path);
			expect([answer.status, codeOf(answer)]).toEqual([403, 'PLAN_REQUIRED']);
		}
		expect((await api().get('/email/threads', { key: 'tp_live_wrong' })).status).toBe(401);
		expect((await api().get('/')).status).toBe(200);
	});

	it.each([
		['seconds', /^\d+$/],
		['date', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
		['none', /^null$/],
	] as const)('retryAfter: %s', async (retryAfter, form) => {
		await set({ retryAfter, rateLimit: { limit: 1, windowMs: 60_000 } });
		await api().get('/email/threads');
		const { status, headers } = await api().get('/email/threads');
		expect([status, String(headers.get('retry-after'))]).toEqual([
			429,
			expect.stringMatching(form),
		]);
	});

	it.each([
		['Z', '2026-11-20T10:00:00Z'],
		['fractions', '2026-11-20T10:00:00.000Z'],
		['offset', '2026-11-20T10:00:00+00:00'],
		['zoneless', '2026-11-20T10:00:00'],
	] as const)('times: %s', async (times, written) => {
		await set({ times });
		const { thread } = await api().sandbox.control.receive();
		const [row] = await api().rows('/email/threads?limit=1');
		expect([row.id, row.last_message_at]).toEqual([thread.id, written]);
		expect(thread.last_message_at).toBe(NOW);
		const odd = await api().sandbox.control.patchThread(row.id, { last_message_at: 'soon' });
		const { body } = await api().get(`/email/threads/${odd.id}`);
		expect((body.data as { last_message_at: string }).last_message_at).toBe('soon');
	});

	it('listBody and configListBody', async () => {
		await set({ listBody: 'named', configListBody: 'named' });
		expect(await rootOf('/email/logs')).toEqual(['logs', 'pagination']);
		expect(await rootOf('/approvals')).toEqual(['approvals', 'meta']);
		expect(await rootOf('/email/configs')).toEqual(['configs', 'pagination']);
		expect(await rootOf('/contacts')).toEqual(['data', 'pagination', 'meta']);
		await set({ listBody: 'data.named', configListBody: 'array' });
		expect(await dataOf('/email/logs')).toEqual(['logs', 'pagination']);
		expect((await api().get('/email/configs')).body).toHaveLength(2);
	});

	it('approvalPaging', async () => {
		await set({ approvalPaging: 'pagination' });
		expect(await rootOf('/approvals')).toEqual(['data', 'pagination']);
	});

	it('threadBody, with and without messages', async () => {
		const [{ id }] = await api().rows('/email/threads?limit=1');
		const path = `/email/threads/${id}`;
		await set({ threadBody: 'data.thread' });
		expect(await dataOf(path)).toEqual(['thread']);
		await set({ threadEmbedsMessages: true });
		expect(await dataOf(path)).toEqual(['thread', 'messages']);
		await set({ threadBody: 'data' });
		expect(await dataOf(path)).toContain('messages');
		await set({ threadBody: 'thread' });
		expect(await rootOf(path)).toEqual(['thread', 'messages']);
	});

	it('listOrder: created lists the oldest created first, whatever mail arrives', async () => {
		const { control } = api().sandbox;
		await control.reset({ seed: 'empty' });
		const ids = await control.addThreads(4);
		await control.advanceClock(60_000);
		await control.receive({ threadId: ids[1] });
		const listed = async () => (await api().rows('/email/threads')).map(({ id }) => id);
		await set({ listOrder: 'created' });
		expect(await listed()).toEqual(ids);
		expect((await api().crawl('/email/threads?limit=3')).ids).toEqual(ids);
		await set({ listOrder: 'createdNewest' });
		expect(await listed()).toEqual([...ids].reverse());
		await control.reset();
	});

	it('sort: a field that cannot be sorted by is refused, and pages keep their order', async () => {
		await set({ sort: 'honoured', listOrder: 'created' });
		const refused = await api().get('/email/threads?sort=subject');
		expect([refused.status, messageOf(refused)]).toEqual([400, expect.stringContaining('sort')]);
		const { ids } = await api().crawl('/email/threads?limit=7&sort=last_message_at&order=desc');
		const { threads } = await api().sandbox.control.snapshot();
		expect(ids).toEqual(threads.map(({ id }) => id));
		const logs = await api().rows<{ created_at: string }>('/email/logs?sort=created_at&limit=100');
		const times = logs.map((row) => row.created_at);
		expect(times).not.toEqual([...times].sort());
	});

	it('cursorForm: an opaque cursor leads on, and its bare id does too', async () => {
		await set({ cursorForm: 'opaque' });
		const { body } = await api().get('/email/threads?limit=2');
		const { next_cursor } = body.pagination as { next_cursor: string };
		expect(next_cursor).toMatch(/^\+\/.+=$/);
		const [, , third] = await api().rows('/email/threads?limit=3');
		const after = encodeURIComponent(next_cursor);
		expect((await api().rows(`/email/threads?limit=1&after=${after}`))[0].id).toBe(third.id);
		const unencoded = await api().get(`/email/threads?limit=1&after=${next_cursor}`);
		expect(unencoded.status).toBe(400);
	});

	it('readCost: reads are charged, and refused without credits; what needs no scope is free', async () => {
		await set({ readCost: 1, credits: 1 });
		expect((await api().get('/email/threads')).status).toBe(200);
		expect((await api().get('/email/threads')).status).toBe(403);
		expect((await api().get('/ai-instructions')).status).toBe(200);
	});

	it('approvalScopes and configDeleteScope', async () => {
		const { control } = api().sandbox;
		const { configs } = await control.snapshot();
		const key = await control.addKey({ scopes: ['email-config:write'] });
		const path = `/email/configs/${configs[1].id}`;
		await set({ approvalScopes: 'none', configDeleteScope: 'delete' });
		expect((await api().get('/approvals', { key })).status).toBe(200);
		expect((await api().call('DELETE', path, { key })).status).toBe(403);
		await set({ configDeleteScope: 'write', configDelete: 'body' });
		const deleted = await api().call('DELETE', path, { key });
		expect(deleted.body).toEqual({ data: { deleted: true, id: configs[1].id } });
	});

	it.each([
		['data.id', { data: { id: expect.any(String), status: 'pending' } }],
		['id', { id: expect.any(String), status: 'pending' }],
	] as const)('approvalBody: %s', async (approvalBody, wanted) => {
		await set({ approvalBody });
		const { keys } = api().sandbox;
		const { body } = await api().post('/email/send', MAIL, { key: keys.sendApproval });
		expect(body).toEqual(wanted);
	});

	it('approvalRowBody, decisionBody and executionResult', async () => {
		await set({ approvalRowBody: 'named', decisionBody: 'data', executionResult: 'data' });
		const [{ id }] = await api().rows('/approvals?limit=1');
		const { body } = await api().post(`/approvals/${id}/approve`);
		const result = expect.objectContaining({ message_id: expect.any(String) });
		expect(body).toEqual({ data: expect.objectContaining({ execution_result: result }) });
		expect((await api().get(`/approvals/${id}`)).body).toEqual({
			approval: expect.objectContaining({ id, status: 'approved', execution_result: result }),
		});
	});

	it('createdStatus', async () => {
		await set({ createdStatus: 200 });
		const config = { from_email_handle: 'desk', from_name: 'D', staff_email: 'd@x.example' };
		expect((await api().post('/email/configs', config)).status).toBe(200);
	});

	it('errorExtras and sendErrors', async () => {
		const { keys } = api().sandbox;
		await set({ errorExtras: 'beside', sendErrors: 'object' });
		const refused = await api().get('/email/threads', { key: keys.noScopes });
		expect(refused.body).toEqual({
			error: expect.not.objectContaining({ required_scopes: expect.anything() }),
			required_scopes: ['email:read'],
		});
		const missing = await api().post('/email/send', { ...MAIL, deal_id: NOBODY });
		expect(missing.body.error).toEqual(
			expect.objectContaining({
				code: 'VALIDATION_ERROR',
				details: { missing_entities: [{ field: 'deal_id', id: NOBODY }] },
			}),
		);
		const mail = { ...MAIL, to_email: 'log-failed@x.example' };
		const headers = { 'Idempotency-Key': 'once' };
		const first = await api().post('/email/send', mail, { headers });
		expect(first.body.error).toEqual(
			expect.objectContaining({ code: 'EMAIL_LOG_FAILED', message_id: expect.any(String) }),
		);
		expect((await api().post('/email/send', mail, { headers })).body).toEqual(first.body);
		expect(await api().sandbox.control.outbox()).toHaveLength(1);
	});

	it('cc: both takes either form', async () => {
		await set({ cc: 'both' });
		for (const cc of ['a@x.example', ['a@x.example']]) {
			expect((await api().post('/email/send', { ...MAIL, cc })).status).toBe(200);
		}
		expect((await api().post('/email/send', { ...MAIL, cc: ['a'] })).status).toBe(400);
		expect((await api().post('/email/send', { ...MAIL, cc: 'a' })).status).toBe(400);
		expect((await api().sandbox.control.outbox()).map(({ cc }) => cc)).toEqual([
			'a@x.example',
			'a@x.example',
		]);
	});

	it('contactFlags: contacts tell who has unsubscribed', async () => {
		const { control } = api().sandbox;
		const [contact] = await api().rows<{ id: string; email: string }>('/contacts?limit=1');
		expect(await control.unsubscribe(contact.email)).toEqual([contact.id]);
		expect('email_unsubscribed' in (await api().rows('/contacts'))[0]).toBe(false);
		await set({ contactFlags: true });
		const rows = await api().rows('/contacts?email_unsubscribed=true');
		expect(rows).toEqual([expect.objectContaining({ id: contact.id, email_unsubscribed: true })]);
	});

	it('entityNames: search names the entities so', async () => {
		const types = async () => {
			const { body } = await api().post('/search', { query: 'bakery' });
			return new Set((body.data as Array<{ entity_type: string }>).map((hit) => hit.entity_type));
		};
		expect(await types()).toEqual(new Set(['deal', 'customer']));
		await set({ entityNames: 'new' });
		expect(await types()).toEqual(new Set(['opportunity', 'company']));
	});
});
