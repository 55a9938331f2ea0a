import { MAIL, useSandbox } from './client';

const api = useSandbox();

interface View {
	unread: number;
	sent: number;
	threads: Array<{ id: string; subject: string }>;
	outbox: Array<{ id: string; subject: string }>;
	approvals: Array<{ status: string }>;
	contacts: Array<{ email: string }>;
}

const load = async (path: string) => await fetch(api().sandbox.origin + path);
const view = async () => (await (await load('/__sandbox/view')).json()) as View;

describe('the inbox page', () => {
	it('is served with a policy that blocks scripts of other sites', async () => {
		for (const [path, type] of [
			['/', 'text/html'],
			['/__sandbox/page/app.js', 'text/javascript'],
			['/__sandbox/page/cards.js', 'text/javascript'],
			['/__sandbox/page/style.css', 'text/css'],
			['/__sandbox/page/cards.css', 'text/css'],
		]) {
			const page = await load(path);
			expect([page.status, page.headers.get('content-type')]).toEqual([
				200,
				expect.stringContaining(type),
			]);
			expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
			expect(await page.text()).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
		}
	});

	it('shows inbound and outbound mail', async () => {
		const before = await view();
		await api().post('/email/send', MAIL);
		await api().sandbox.control.receive({ subject: 'Just in' });
		const after = await view();
		expect([after.unread, after.sent]).toEqual([before.unread + 1, before.sent + 1]);
		expect(after.threads.map(({ subject }) => subject).slice(0, 2)).toEqual([
			'Just in',
			MAIL.subject,
		]);
		expect(after.outbox.map(({ subject }) => subject)).toEqual([MAIL.subject]);
		const opened = await load(`/__sandbox/view/${after.threads[1].id}`);
		expect(await opened.json()).toEqual(
			expect.objectContaining({ messages: [expect.objectContaining({ text: 'Hi' })], earlier: 0 }),
		);
		expect((await load('/__sandbox/view/none')).status).toBe(404);
	});

	it("shows an email's HTML under a policy that blocks scripts, forms and everything from elsewhere", async () => {
		const html = '<p style="color: red">Hi</p><script>alert(1)</script>';
		await api().post('/email/send', { ...MAIL, html_body: html });
		const [{ id }] = (await view()).outbox;
		const mail = await load(`/__sandbox/mail/${encodeURIComponent(id)}`);
		expect(await mail.text()).toContain(html);
		const policy = String(mail.headers.get('content-security-policy')).split('; ');
		expect(policy).toEqual(
			expect.arrayContaining([
				"default-src 'none'",
				"form-action 'none'",
				'sandbox allow-same-origin',
			]),
		);
		expect(policy.join()).not.toMatch(/script-src|allow-scripts/);
		expect((await load('/__sandbox/mail/none')).status).toBe(404);
	});

	it('is notified of every change', async () => {
		const ending = new AbortController();
		const events = await fetch(`${api().sandbox.origin}/__sandbox/events`, {
			signal: ending.signal,
		});
		const reader = events.body?.getReader();
		const next = async () => new TextDecoder().decode((await reader?.read())?.value);
		const first = await next();
		await api().post('/email/send', MAIL);
		expect(await next()).not.toBe(first);
		await api().sandbox.control.receive();
		expect(await next()).toMatch(/^data: \d+/);
		ending.abort();
	});

	it('can be controlled by its own page and the tests, not by other sites', async () => {
		const post = async (headers: Record<string, string>) =>
			(
				await fetch(`${api().sandbox.origin}/__sandbox/control/addThreads`, {
					method: 'POST',
					headers,
					body: '[1]',
				})
			).status;
		const { threads } = await api().sandbox.control.snapshot();
		const json = 'application/json';
		expect(await post({ 'content-type': 'text/plain' })).toBe(403);
		expect(await post({ 'content-type': json, origin: 'http://evil.example' })).toBe(403);
		expect((await api().sandbox.control.snapshot()).threads).toHaveLength(threads.length);
		expect(await post({ 'content-type': json, origin: api().sandbox.origin })).toBe(200);
		expect(await post({ 'content-type': json })).toBe(200);
	});
});
