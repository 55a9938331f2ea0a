import type { CredentialReference } from '../../../lab/n8n';
import { N8nFixture, chain, manualStart, trustPager } from '../support/n8nFixture';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

describe('the node in the editor', () => {
	const fixture = new N8nFixture();
	let browser: Browser;
	let editor: Editor;
	let credential: CredentialReference;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		credential = await fixture.credential();
		browser = await launchChromium();
		editor = await Editor.open(browser, fixture.facts.session);
	});

	afterAll(async () => await browser?.close());

	const flow = (parameters: Record<string, unknown>) =>
		chain('browser', manualStart(), trustPager('TrustPager', parameters, credential));

	it('is found by search and added with an action', async () => {
		await editor.show(chain('browser', manualStart()));
		const found = await editor.searchNodes('trustpager');
		await found.first().click();
		const actions = editor.byId('item-iterator-item');
		await actions.filter({ hasText: 'Mark threads as read' }).waitFor();
		const names = (await actions.allInnerTexts()).map((name) => name.trim());
		expect(names).toEqual(
			expect.arrayContaining(['Send email', 'Reply to email thread', 'Get many threads']),
		);

		await actions.getByText('Send email', { exact: true }).click();
		await editor.byId('ndv').waitFor();
		await editor.parameter('toEmail').waitFor();
		expect(await editor.parameter('operation').locator('input').inputValue()).toBe('Send');
		await editor.closeNode();
	});

	it('finds a thread by typing, runs and shows the output', async () => {
		await editor.show(flow({ resource: 'thread', operation: 'get' }));
		await editor.openNode('TrustPager');
		const entries = await editor.searchList('threadId', 'quote');
		expect(await entries.allInnerTexts()).toEqual([
			expect.stringMatching(/^Question about the quote · Ben Whitlock · \d{4}-\d\d-\d\d \d\d:\d\d/),
		]);
		await entries.first().click();

		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.output.getByText('1 item').waitFor();
		await editor.output.getByText('ben.whitlock@oakhollow.example').first().waitFor();
	});

	it('executes a step a second time', async () => {
		await editor.show(flow({ resource: 'thread', operation: 'getAll', limit: 2 }));
		await editor.openNode('TrustPager');
		for (const requests of [1, 2]) {
			await editor.executeStep();
			await editor.byId('node-run-status-success').waitFor();
			await fixture.n8n.until(`run ${requests}`, 60_000, async () =>
				(await fixture.polls()) >= requests ? true : undefined,
			);
			await editor.output.getByText('2 items', { exact: true }).waitFor();
			await editor.dismissToast();
		}
	});

	it('says how many threads are marked with one request, before the run', async () => {
		const list = trustPager(
			'List',
			{ resource: 'thread', operation: 'getAll', limit: 3 },
			credential,
		);
		const mark = { resource: 'thread', operation: 'markRead', threadIds: '={{ $json.id }}' };
		await editor.show(chain('many', manualStart(), list, trustPager('Mark', mark, credential)));
		await editor.openNode('List');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.closeNode();
		await editor.openNode('Mark');
		await editor.page.getByText("switch on 'Execute Once' in the settings").waitFor();
		await editor.closeNode();
	});

	it("shows the API's own message for a refused send, with advice", async () => {
		await fixture.sandbox.set({ credits: 0 });
		await editor.show(flow({ resource: 'email', operation: 'send' }));
		await editor.openNode('TrustPager');
		await editor.fill('toEmail', 'nora.alder@alderfinch.example');
		await editor.fill('subject', 'Your quote is ready');
		await editor.fill('htmlBody', '<p>Hello Nora</p>');
		await editor.executeStep();
		const title = editor.output.locator('[data-test-id="node-error-message"]');
		await title.waitFor();
		const description = editor.output.locator('[data-test-id="node-error-description"]');
		const [refused] = (await fixture.sandbox.requests()).filter(
			({ path }) => path === '/email/send',
		);
		expect(refused).toMatchObject({ status: 403, body: { html_body: '<p>Hello Nora</p>' } });
		expect(await title.innerText()).toBe('This request costs 10 credits; 0 are left.');
		expect(await description.innerText()).toContain('Top up credits in Settings → Billing.');
		expect(await description.innerText()).toContain('INSUFFICIENT_CREDITS, HTTP 403');
		expect(await fixture.sandbox.outbox()).toEqual([]);
	});

	it('evaluates an expression that is typed into the body, and says what an email went without', async () => {
		await fixture.sandbox.set({ credits: 5000 });
		const options = { cc: '={{ $json.nobody }}' };
		await editor.show(flow({ resource: 'email', operation: 'send', options }));
		await editor.openNode('TrustPager');
		await editor.fill('toEmail', 'Nora Alder <nora.alder@alderfinch.example>');
		await editor.fill('subject', 'Your quote is ready');
		await editor.fill('htmlBody', 'Two and two are {{ 2 + 2 }}');
		await editor.executeStep();
		await editor.byId('node-run-status-success').waitFor();
		await editor.output.getByText("1 item went without 'CC'").waitFor();
		const [mail] = await fixture.sandbox.outbox();
		expect(mail).toMatchObject({ to: 'nora.alder@alderfinch.example', toName: 'Nora Alder' });
		expect(mail.html).toContain('Two and two are 4');
	});

	it.each([
		['light', /\/trustpager\.svg$/],
		['dark', /\/trustpager\.dark\.svg$/],
	] as const)('has its %s icon', async (theme, file) => {
		const themed = await Editor.open(browser, fixture.facts.session, theme);
		await themed.show(flow({ resource: 'thread', operation: 'getAll' }));
		const icon = themed.node('TrustPager').locator('img').first();
		await icon.waitFor();
		expect(await icon.getAttribute('src')).toMatch(file);
		await themed.close();
	});
});
