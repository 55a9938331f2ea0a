import { N8nFixture } from '../support/n8nFixture';
import { VIEWPORT } from './support/editor';
import { launchChromium, type Browser, type Page } from './support/playwright';

describe("the sandbox's inbox page", () => {
	const fixture = new N8nFixture();
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		browser = await launchChromium();
		page = await (await browser.newContext({ viewport: VIEWPORT })).newPage();
		page.setDefaultTimeout(60_000);
		await page.goto(`${fixture.facts.sandbox.origin}/`);
	});

	afterAll(async () => await browser?.close());

	it('shows an email that a workflow sends, without a reload', async () => {
		await page.locator('[data-tab="sent"]').click();
		const credential = await fixture.credential();
		await fixture.runOperation(credential, {
			resource: 'email',
			operation: 'send',
			toEmail: 'nora.alder@alderfinch.example',
			subject: 'Sent from the editor',
			htmlBody: '<p>Hello <b>Nora</b></p><script>document.body.innerHTML = "Hacked";</script>',
		});
		const mail = page.locator('#list .mail').filter({ hasText: 'Sent from the editor' });
		await mail.waitFor();
		expect(await mail.innerText()).toContain('nora.alder@alderfinch.example');
		const content = mail.frameLocator('iframe').locator('body');
		await content.locator('b').getByText('Nora').waitFor();
		expect(await content.innerText()).toContain('Hello Nora');
	});

	it('accepts an inbound email that a person writes, and shows its thread', async () => {
		await page.locator('[data-tab="inbox"]').click();
		await page.locator('#write').click();
		const form = page.locator('#new-mail');
		await form.locator('[name="fromEmail"]').fill('mia@example.com');
		await form.locator('[name="fromName"]').fill('Mia Tanaka');
		await form.locator('[name="subject"]').fill('Is the flat still free?');
		await form.locator('[name="text"]').fill('I would like to see it on Friday.');
		await form.locator('button.main').click();
		const row = page.locator('#list .row').filter({ hasText: 'Is the flat still free?' });
		await row.waitFor();
		expect(await row.getAttribute('aria-current')).toBe('true');
		await page.locator('#detail').getByText('I would like to see it on Friday.').waitFor();

		const { threads, messages } = await fixture.sandbox.snapshot();
		const thread = threads.find(({ subject }) => subject === 'Is the flat still free?');
		expect(messages.find(({ thread_id }) => thread_id === thread?.id)).toMatchObject({
			direction: 'inbound',
			from_email: 'mia@example.com',
		});
	});

	it('has an email ready that one click sends', async () => {
		await page.locator('#write').click();
		await page.locator('#new-mail button.main').click();
		const row = page.locator('#list .row[aria-current="true"]');
		await row.filter({ hasText: 'Are you open on Saturday?' }).waitFor();
	});
});
