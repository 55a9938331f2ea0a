import type { CredentialReference } from '../../../lab/n8n';
import previewOfSend from '../../../nodes/TrustPager/__schema__/v1.0.0/email/send.json';
import previewOfThreads from '../../../nodes/TrustPager/__schema__/v1.0.0/thread/getAll.json';
import { N8nFixture, chain, manualStart, trustPager } from '../support/n8nFixture';
import { Editor } from './support/editor';
import { launchChromium, type Browser } from './support/playwright';

describe('the output of a node that has not run', () => {
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

	it.each([
		['Thread: Get Many', { resource: 'thread', operation: 'getAll' }, previewOfThreads],
		['Email: Send', { resource: 'email', operation: 'send' }, previewOfSend],
	])('is shown to the node after it: %s', async (_title, parameters, { properties }) => {
		await editor.show(
			chain(
				'preview',
				manualStart(),
				trustPager('Before', parameters, credential),
				trustPager('After', { resource: 'email', operation: 'reply' }, credential),
			),
		);
		await editor.openNode('After');
		await editor.input.getByText('Usually outputs the following fields').waitFor();
		for (const field of Object.keys(properties)) {
			await editor.input
				.getByText(new RegExp(`^${field}$`))
				.first()
				.waitFor();
		}
		expect(await fixture.sandbox.requests()).toEqual([]);
		await editor.closeNode();
	});
});
