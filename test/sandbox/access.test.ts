import { grantOf } from '../../sandbox/world/keys';
import { RateLimiter } from '../../sandbox/world/rateLimiter';
import { codeOf, MAIL, messageOf, NOBODY, NOW, useSandbox } from './client';

const api = useSandbox();

describe('keys and scopes', () => {
	it('401 without a known key', async () => {
		for (const authorization of ['', 'Bearer', 'Bearer tp_live_wrong', 'Basic abc']) {
			const answer = await api().get('/ai-instructions', { headers: { authorization } });
			expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHORIZED']);
			expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="trustpager"');
		}
		const [recorded] = await api().sandbox.control.requests();
		expect(recorded.key).toBeNull();
	});

	it('/ai-instructions needs a key, but no scope', async () => {
		const { keys } = api().sandbox;
		expect((await api().get('/ai-instructions', { key: keys.noScopes })).status).toBe(200);
	});

	it.each([
		['noScopes', 'GET', '/email/threads', 'email:read'],
		['noScopes', 'POST', '/search', 'contacts:read, companies:read, opportunities:read'],
		['readOnly', 'POST', '/email/send', 'email:send'],
		['readOnly', 'POST', '/email/threads/mark-read', 'email:write'],
		['sendApproval', 'PATCH', `/email/threads/${NOBODY}`, 'email:write'],
		['sendApproval', 'POST', `/approvals/${NOBODY}/approve`, 'approvals:write'],
		['sendApproval', 'GET', '/contacts', 'contacts:read'],
		['readOnly', 'DELETE', `/email/configs/${NOBODY}`, 'email-config:write'],
	] as const)('403 for %s: %s %s', async (name, method, path, scopes) => {
		const { keys } = api().sandbox;
		const answer = await api().call(method, path, { key: keys[name] });
		expect([answer.status, codeOf(answer)]).toEqual([403, 'INSUFFICIENT_SCOPE']);
		expect(messageOf(answer)).toContain(scopes);
		expect(answer.body.error).toHaveProperty('required_scopes', scopes.split(', '));
	});

	it.each([
		[['email:read'], ['email:read'], 'granted'],
		[['admin'], ['email-config:write'], 'granted'],
		[['email:send'], ['email:read'], 'granted'],
		[['email:send'], ['email:write'], 'missing'],
		[['email:send-approval'], ['email:read'], 'granted'],
		[['email:send-approval'], ['email:send'], 'approval'],
		[['email:write-approval'], ['email:write'], 'approval'],
		[['email:delete'], ['email:write'], 'granted'],
		[['email:read'], ['email:send'], 'missing'],
		[['calls:send'], ['email:send'], 'missing'],
		[['contacts:read'], ['contacts:read', 'companies:read'], 'missing'],
		[[], [], 'granted'],
	])('%j asked for %j: %s', (held, needed, kind) => {
		expect(grantOf(held, [needed]).kind).toBe(kind);
	});

	it('a key with the older scope names reads deals and customers', async () => {
		const key = await api().sandbox.control.addKey({ scopes: ['deals:read', 'customers:read'] });
		expect((await api().get('/opportunities', { key })).status).toBe(200);
		expect((await api().get('/customers', { key })).status).toBe(200);
	});
});

describe('rate limit', () => {
	it('429 with Retry-After, per key, without effect', async () => {
		const { control, keys } = api().sandbox;
		await control.set({ rateLimit: { limit: 2, windowMs: 60_000 } });
		for (let i = 0; i < 2; i++) expect((await api().post('/email/send', MAIL)).status).toBe(200);
		const answer = await api().post('/email/send', MAIL);
		expect([answer.status, codeOf(answer)]).toEqual([429, 'RATE_LIMITED']);
		expect(answer.headers.get('retry-after')).toMatch(/^(?:5\d|60)$/);
		expect((await api().get('/email/threads', { key: keys.readOnly })).status).toBe(200);
		expect(await control.outbox()).toHaveLength(2);
	});

	it('slides: allows a request as soon as the oldest one is out of the window', () => {
		const limiter = new RateLimiter();
		const limit = { limit: 2, windowMs: 10_000 };
		const take = (at: number) => limiter.take('key', limit, at);
		expect([0, 4000, 4001, 9999, 10_000, 10_001, 14_000].map(take)).toEqual([0, 0, 6, 1, 0, 4, 0]);
		expect(limiter.take('other', limit, 5000)).toBe(0);
		expect(limiter.take('key', null, 5000)).toBe(0);
	});
});

describe('credits', () => {
	it.each([402, 403] as const)(
		'too few: %s INSUFFICIENT_CREDITS before anything happens',
		async (status) => {
			const { control } = api().sandbox;
			await control.set({ credits: 9, creditsStatus: status });
			const answer = await api().post('/email/send', MAIL);
			expect([answer.status, codeOf(answer)]).toEqual([status, 'INSUFFICIENT_CREDITS']);
			expect(await control.outbox()).toEqual([]);
			expect((await api().get('/email/threads')).status).toBe(200);
			expect((await control.settings()).credits).toBe(9);
		},
	);
});

describe('approvals', () => {
	const queue = async (mail: object = MAIL) => {
		const answer = await api().post('/email/send', mail, { key: api().sandbox.keys.sendApproval });
		expect(answer.status).toBe(202);
		return answer.body as unknown as { approval_id: string };
	};

	it.each([
		['approval_id', { approval_id: expect.any(String), status: 'pending' }],
		['id', { id: expect.any(String), status: 'pending' }],
		['data.approval_id', { data: { approval_id: expect.any(String), status: 'pending' } }],
	] as const)('202 with the setting approvalBody: %s', async (approvalBody, wanted) => {
		const { control } = api().sandbox;
		await control.set({ approvalBody });
		expect(await queue()).toEqual(wanted);
		expect(await control.outbox()).toEqual([]);
		expect((await control.settings()).credits).toBe(5000);
	});

	it('approving sends once', async () => {
		const { control } = api().sandbox;
		const { approval_id: id } = await queue();
		const approved = await api().post(`/approvals/${id}/approve`);
		const [mail] = await control.outbox();
		expect(approved.body).toEqual({
			approval_id: id,
			status: 'approved',
			execution_status: 200,
			execution_result: expect.objectContaining({
				data: expect.objectContaining({ message_id: mail.id }),
			}),
		});
		const again = await api().post(`/approvals/${id}/approve`, {});
		expect([again.status, codeOf(again)]).toEqual([409, 'CONFLICT']);
		expect(await control.outbox()).toHaveLength(1);
		const { body } = await api().get(`/approvals/${id}`);
		expect(body.data).toEqual(
			expect.objectContaining({
				status: 'approved',
				executed: true,
				executed_at: NOW,
				execution_status: 200,
			}),
		);
	});

	it('an approved request may still fail', async () => {
		const { control } = api().sandbox;
		const { approval_id: id } = await queue({ ...MAIL, contact_id: NOBODY });
		await control.set({ approvedStatus: 'executed', approvalRowBody: 'root' });
		const { body } = await api().post(`/approvals/${id}/approve`);
		expect(body).toEqual(expect.objectContaining({ status: 'failed', execution_status: 400 }));
		expect((await api().get(`/approvals/${id}`)).body).toHaveProperty('status', 'failed');
	});

	it('rejecting sends nothing', async () => {
		const { control } = api().sandbox;
		const { approval_id: id } = await queue();
		const { body } = await api().post(`/approvals/${id}/reject`, { reason: 'no' });
		expect(body).toEqual({ approval_id: id, status: 'rejected' });
		expect(await control.outbox()).toEqual([]);
		const pending = await api().rows('/approvals?limit=100');
		expect(pending.map((row) => row.id)).not.toContain(id);
	});

	it('a person in the app can edit, approve and expire', async () => {
		const { control } = api().sandbox;
		const first = await queue();
		const second = await queue();
		await control.decideApproval(first.approval_id, 'approved', { ...MAIL, subject: 'Edited' });
		await control.decideApproval(second.approval_id, 'expired');
		expect((await control.outbox()).map(({ subject }) => subject)).toEqual(['Edited']);
		await expect(control.decideApproval(second.approval_id, 'approved')).rejects.toThrow('expired');
	});

	it('other writes are queued too, with the id of their target', async () => {
		const { control } = api().sandbox;
		const key = await control.addKey({ scopes: ['email:write-approval'] });
		const [{ id }] = await api().rows('/email/threads?limit=1&is_read=false');
		const queued = await api().patch(`/email/threads/${id}`, { is_read: true }, { key });
		expect(queued.status).toBe(202);
		const { approvals } = await control.snapshot();
		expect(approvals[0]).toEqual(expect.objectContaining({ method: 'PATCH', target_id: id }));
		await control.decideApproval(approvals[0].id, 'approved');
		expect((await api().get(`/email/threads/${id}`)).body.data).toHaveProperty('is_read', true);
	});
});
