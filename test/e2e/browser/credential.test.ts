import { N8nFixture, chain, manualStart, node } from '../support/n8nFixture';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

describe('the credential in the editor', () => {
	const fixture = new N8nFixture();
	let browser: Browser;
	let editor: Editor;

	beforeAll(async () => {
		await fixture.sandbox.reset({ seed: 'demo', rateLimit: null });
		// The list of credentials offers 'Create new' only if there is one; otherwise there is another button.
		await fixture.credential();
		browser = await launchChromium();
		editor = await Editor.open(browser, fixture.facts.session);
		const trustPager = node('TrustPager', 'n8n-nodes-trustpager.trustPager', 1, {});
		await editor.show(chain('browser', manualStart(), trustPager));
		await editor.openNode('TrustPager');
	});

	afterAll(async () => await browser?.close());

	it('explains that TrustPager refuses a key', async () => {
		await editor.byId('node-credentials-select').click();
		await editor.byId('node-credentials-select-item-new').click();
		const dialog = editor.byId('editCredential-modal');
		await editor.fill('apiKey', 'tp_live_wrong');
		await editor.fill('baseUrl', fixture.facts.sandbox.apiUrl);
		await editor.byId('credential-save-button').click();
		await dialog.getByText('More details').click();
		await dialog.getByText('TrustPager does not accept this API key').waitFor();
	});

	it('is tested, saved and chosen with a valid key', async () => {
		await editor.fill('apiKey', fixture.facts.sandbox.keys.full);
		await editor.byId('credential-save-button').click();
		const dialog = editor.byId('editCredential-modal');
		await dialog.waitFor({ state: 'hidden' });
		const free = ['/_meta/tools', '/schemas/triggers', '/ai-instructions'];
		const requests = await fixture.sandbox.requests();
		const tests = requests.filter(({ path }) => free.includes(path));
		// n8n tests while typing and when saving.
		expect(tests[0].status).toBe(401);
		expect(tests[tests.length - 1].status).toBe(200);

		await editor.byId('credential-edit-button').click();
		await dialog.getByText('Connection tested successfully').waitFor();
		await editor.byId('credential-edit-dialog').press('Escape');
		// n8n takes the empty list of scopes that it shows for a change, and asks.
		await editor.page.getByText('Close', { exact: true }).click();
		await dialog.waitFor({ state: 'hidden' });
	});
});
